import { describe, expect, test } from 'bun:test'
import { ReplyBudget } from '../../../src/limits/reply-budget.ts'
import { AresError } from '../../../src/errors.ts'

const KIB = 1024
const LONG = { bytes: 300 * KIB }
const NOBODY_LEAVES = new AbortController().signal

function budget({ maxBytes = 100_000 * KIB, waiting = 2, waitMs = 60_000 } = {}): ReplyBudget {
  return new ReplyBudget(maxBytes, { places: 2, waiting, waitMs })
}

function enter(of: ReplyBudget, owner: string | null = 'acme', client = NOBODY_LEAVES) {
  return of.enter(owner, LONG, client)
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(AresError)
  expect((error as AresError).retryAfterS).toBeGreaterThan(0)
  return (error as AresError).code
}

describe('the lane of a tenant', () => {
  test('has two places; who comes third gets the first that becomes free, in order', async () => {
    const answers = budget()
    const first = await enter(answers)
    const second = await enter(answers)
    const order: string[] = []
    const third = enter(answers).then((room) => {
      order.push('third')
      return room
    })
    const fourth = enter(answers).then((room) => {
      order.push('fourth')
      return room
    })
    expect(order).toEqual([])
    second.leave()
    ;(await third).leave()
    await fourth
    expect(order).toEqual(['third', 'fourth'])
    first.leave()
  })

  test('of another tenant, and that of operators, are others', async () => {
    const answers = budget()
    for (const owner of ['acme', 'globex', null]) {
      await enter(answers, owner)
      await enter(answers, owner)
    }
    expect(answers.bytes).toBe(6 * LONG.bytes)
  })

  test('lets no more wait than it may', async () => {
    const answers = budget({ waiting: 1 })
    await enter(answers)
    const room = await enter(answers)
    const waiting = enter(answers)
    expect(await codeOf(enter(answers))).toBe('rate_limited')
    room.leave()
    await waiting
  })

  test('refuses who has waited too long', async () => {
    const answers = budget({ waitMs: 1 })
    await enter(answers)
    await enter(answers)
    expect(await codeOf(enter(answers))).toBe('rate_limited')
  })

  test('is not kept by a client that has gone while it waited', async () => {
    const answers = budget()
    await enter(answers)
    const room = await enter(answers)
    const client = new AbortController()
    const gone = enter(answers, 'acme', client.signal)
    client.abort()
    expect(await codeOf(gone)).toBe('rate_limited')
    const next = enter(answers)
    room.leave()
    await next
  })

  test('is taken by what is read, too', async () => {
    const answers = budget({ waiting: 0 })
    const size = { bytes: 10, read: 10_000 * KIB }
    await answers.enter('acme', size, NOBODY_LEAVES)
    await answers.enter('acme', size, NOBODY_LEAVES)
    expect(await codeOf(answers.enter('acme', size, NOBODY_LEAVES))).toBe('rate_limited')
    await answers.enter('acme', { bytes: 10 }, NOBODY_LEAVES)
  })
})

describe('the budget', () => {
  const short = { bytes: 200 * KIB }

  test('of a tenant is a quarter of all: beyond it, 429', async () => {
    const answers = budget({ maxBytes: 1600 * KIB })
    const room = await answers.enter('acme', short, NOBODY_LEAVES)
    await answers.enter('acme', short, NOBODY_LEAVES)
    expect(await codeOf(answers.enter('acme', short, NOBODY_LEAVES))).toBe('rate_limited')
    expect(() => answers.check('acme', KIB)).toThrow(AresError)
    room.leave()
    room.leave()
    await answers.enter('acme', short, NOBODY_LEAVES)
    expect(answers.bytes).toBe(400 * KIB)
  })

  test('of all is shared: beyond it, 503, but operators get in', async () => {
    const answers = budget({ maxBytes: 800 * KIB })
    for (const owner of ['a', 'b', 'c', 'd']) await answers.enter(owner, short, NOBODY_LEAVES)
    expect(await codeOf(answers.enter('e', short, NOBODY_LEAVES))).toBe('overloaded')
    await answers.enter(null, short, NOBODY_LEAVES)
  })

  test('has room for one answer that is larger than all of it', async () => {
    const answers = budget({ maxBytes: KIB })
    const room = await answers.enter('acme', LONG, NOBODY_LEAVES)
    expect(await codeOf(answers.enter('globex', LONG, NOBODY_LEAVES))).toBe('overloaded')
    room.leave()
    // The refused one has left its place, too.
    for (let i = 0; i < 3; i++) (await answers.enter('globex', LONG, NOBODY_LEAVES)).leave()
    expect(answers.bytes).toBe(0)
  })
})
