import { describe, expect, test } from 'bun:test'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { CreatedKey, RotatedKeyReply } from '../../../src/api-keys/schema.ts'
import { type AppOptions, startApp, type TestApp } from '../../harness.ts'
import { answer } from '../../scripted-replies.ts'
import { allRuns, expectTotalsMatch } from '../totals.ts'
import { CHAT, type LimitedKey, newKey, RUN, type Send, sender } from './support.ts'

const CALLERS = 64

async function start(options: AppOptions = {}, tier = 'enterprise') {
  const app = await startApp(options)
  const acme = await app.tenant('acme', { tier, agents: ['risk'] })
  return { app, acme }
}

const run = ({ send }: Pick<LimitedKey, 'send'>) => send('POST', '/v1/agents/risk/run', RUN)

/** How many of these were answered 200; all others are 429 with that code. */
async function passed(replies: Response[], code = 'quota_runs_exceeded'): Promise<number> {
  for (const reply of replies.filter(({ status }) => status !== 200)) {
    await expectRefusal(reply, 429, code)
  }
  return replies.filter(({ status }) => status === 200).length
}

/** What the tenant and the key have spent in March, as the database has it. */
async function monthOf(app: TestApp, keyId: string) {
  const { db } = app.database
  const tenant = await db.selectFrom('tenant_months').select(['runs', 'tokens']).execute()
  const keys = await db
    .selectFrom('key_months')
    .select(['runs', 'tokens'])
    .where('key_id', '=', keyId)
    .execute()
  return { tenant: tenant[0], key: keys[0] }
}

describe('runs_per_month', () => {
  test(`of ${CALLERS} callers at once exactly as many pass as the key has room for`, async () => {
    const { app, acme } = await start()
    const key = await newKey(app, acme, { runs_per_month: 10 })
    const replies = await Promise.all(Array.from({ length: CALLERS }, () => run(key)))
    expect(await passed(replies)).toBe(10)
    expect(await allRuns(app)).toHaveLength(10)
    const spent = await monthOf(app, key.id)
    expect(spent.key!.runs).toBe(10)
    expect(spent.tenant!.runs).toBe(10)
    expect(await expectTotalsMatch(app)).toBe(10)
    // The tenant's other keys go on.
    expect((await acme.run('risk')).status).toBe(200)
  })

  test('chats and streams count as runs do', async () => {
    const { app, acme } = await start()
    const { send } = await newKey(app, acme, { runs_per_month: 3 })
    expect((await send('POST', '/v1/chat', CHAT)).status).toBe(200)
    await (await send('POST', '/v1/chat/stream', CHAT)).text()
    expect((await run({ send })).status).toBe(200)
    for (const path of ['/v1/chat', '/v1/chat/stream']) {
      const reply = await send('POST', path, CHAT)
      expect(reply.headers.get('retry-after')).toBe(String(18 * 86_400 + 9 * 3600 + 38 * 60))
      const { error } = await expectRefusal(reply, 429, 'quota_runs_exceeded')
      expect(error).toBe('This API key’s own run quota of this month is used up.')
    }
    expect(await expectTotalsMatch(app)).toBe(3)
  })

  test('a cap of 0 allows nothing, also as the first of the month', async () => {
    const { app, acme } = await start()
    for (const limits of [{ runs_per_month: 0 }, { tokens_per_month: 0 }]) {
      const reply = await run(await newKey(app, acme, limits))
      expect(reply.status).toBe(429)
    }
    expect(await app.database.db.selectFrom('tenant_months').selectAll().execute()).toEqual([])
    expect(await allRuns(app)).toHaveLength(0)
  })

  test('a new month begins at nothing', async () => {
    const { app, acme } = await start()
    const key = await newKey(app, acme, { runs_per_month: 1 })
    expect((await run(key)).status).toBe(200)
    expect((await run(key)).status).toBe(429)
    app.clock.set('2026-04-01T00:00:00.000Z')
    const replies = await Promise.all(Array.from({ length: 8 }, () => run(key)))
    expect(await passed(replies)).toBe(1)
    expect(await expectTotalsMatch(app)).toBe(2)
  })

  test('a refusal takes no Idempotency-Key', async () => {
    const { app, acme } = await start()
    const { id, send } = await newKey(app, acme, { runs_per_month: 0 })
    const ask = () =>
      send('POST', '/v1/agents/risk/run', RUN, { headers: { 'idempotency-key': 'k' } })
    await expectRefusal(await ask(), 429, 'quota_runs_exceeded')
    const path = `/api/admin/tenants/${acme.id}/api-keys/${id}`
    expect((await app.admin.patch(path, { runs_per_month: 1 })).status).toBe(200)
    expect((await ask()).status).toBe(200)
    const replayed = await ask()
    expect(replayed.headers.get('idempotent-replayed')).toBe('true')
    expect(await expectTotalsMatch(app)).toBe(1)
  })
})

describe('beside the tenant’s quota', () => {
  const config = '[tiers.free]\nruns_per_month = 20'

  test('both are exact at the same time, and whichever ends first is told', async () => {
    const { app, acme } = await start({ config }, 'free')
    const capped = await newKey(app, acme, { runs_per_month: 10 })
    const other = await newKey(app, acme)
    const calls = Array.from({ length: CALLERS }, (_, index) =>
      Promise.all([run(capped), ...(index < 8 ? [run(other)] : [])]),
    )
    const replies = (await Promise.all(calls)).flat()
    expect(await passed(replies)).toBe(18)
    expect(await monthOf(app, capped.id)).toMatchObject({
      tenant: { runs: 18 },
      key: { runs: 10 },
    })
    // Two are left for those who have no cap, and none for the key.
    await expectRefusal(await run(capped), 429, 'quota_runs_exceeded')
    const last = await Promise.all(Array.from({ length: CALLERS }, () => run(other)))
    expect(await passed(last)).toBe(2)
    const { error } = await expectRefusal(await run(capped), 429, 'quota_runs_exceeded')
    expect(error).toBe('The run quota of this month is used up.')
    expect(await expectTotalsMatch(app)).toBe(20)
  })

  test('a tenant’s quota below the cap holds', async () => {
    const { app, acme } = await start({ config }, 'free')
    const capped = await newKey(app, acme, { runs_per_month: 100 })
    const replies = await Promise.all(Array.from({ length: CALLERS }, () => run(capped)))
    expect(await passed(replies)).toBe(20)
    expect(await monthOf(app, capped.id)).toMatchObject({ tenant: { runs: 20 }, key: { runs: 20 } })
    expect(await expectTotalsMatch(app)).toBe(20)
  })

  test('refusals of many capped keys leave each its own count', async () => {
    const { app, acme } = await start({ config: '[tiers.free]\nruns_per_month = 30' }, 'free')
    const keys = await Promise.all(
      [1, 2, 3, 40].map((cap) => newKey(app, acme, { runs_per_month: cap })),
    )
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => keys.map((key) => run(key))).flat(),
    )
    expect(await passed(replies)).toBe(26)
    const runs = await Promise.all(keys.map(async ({ id }) => (await monthOf(app, id)).key!.runs))
    expect(runs).toEqual([1, 2, 3, 20])
    expect(await expectTotalsMatch(app)).toBe(26)
  })
})

describe('tokens_per_month', () => {
  test('a run is admitted while what is settled is below the cap', async () => {
    const { app, acme } = await start()
    const key = await newKey(app, acme, { tokens_per_month: 20 })
    app.provider.reply(answer({ usage: { input: 6, output: 6 } }))
    expect((await run(key)).status).toBe(200)
    expect((await run(key)).status).toBe(200)
    const { error } = await expectRefusal(await run(key), 429, 'quota_tokens_exceeded')
    expect(error).toBe('This API key’s own token quota of this month is used up.')
    expect((await acme.run('risk')).status).toBe(200)
    expect((await monthOf(app, key.id)).key!.tokens).toBeGreaterThanOrEqual(20)
    expect(await expectTotalsMatch(app)).toBe(3)
  })

  test('what was spent before there was a cap counts', async () => {
    const { app, acme } = await start()
    const key = await newKey(app, acme)
    expect((await run(key)).status).toBe(200)
    expect((await run(key)).status).toBe(200)
    const path = `/api/admin/tenants/${acme.id}/api-keys/${key.id}`
    await app.admin.patch(path, { runs_per_month: 3 })
    const replies = await Promise.all(Array.from({ length: 8 }, () => run(key)))
    expect(await passed(replies)).toBe(1)
    await app.admin.patch(path, { runs_per_month: null })
    expect((await run(key)).status).toBe(200)
    expect(await expectTotalsMatch(app)).toBe(4)
  })
})

describe('keys that count together', () => {
  test('a rotated key goes on with the count of the old one, both during the overlap and after', async () => {
    const { app, acme } = await start()
    const old = await newKey(app, acme, { runs_per_month: 10 })
    await Promise.all(Array.from({ length: 4 }, () => run(old)))
    const rotated = await expectReply(
      await acme.post(`/v1/api-keys/${old.id}/rotate`, { overlap_seconds: 60 }),
      201,
      RotatedKeyReply,
    )
    const send = sender(app, rotated.secret)
    const replies = await Promise.all(
      Array.from({ length: CALLERS }, (_, index) => run(index % 2 ? old : { send })),
    )
    expect(await passed(replies)).toBe(6)
    await expectRefusal(await run({ send }), 429, 'quota_runs_exceeded')
    expect(await expectTotalsMatch(app)).toBe(10)
  })

  test('what a capped key makes spends from the same count', async () => {
    const { app, acme } = await start()
    const parent = await newKey(app, acme, { runs_per_month: 10 })
    const keys: Send[] = [parent.send]
    for (let made = 0; made < 3; made++) {
      const reply = await parent.send('POST', '/v1/api-keys', { name: 'child', runs_per_month: 10 })
      keys.push(sender(app, (await expectReply(reply, 201, CreatedKey)).secret))
    }
    const replies = await Promise.all(
      Array.from({ length: CALLERS }, (_, index) => run({ send: keys[index % 4]! })),
    )
    expect(await passed(replies)).toBe(10)
    expect(await expectTotalsMatch(app)).toBe(10)
  })
})
