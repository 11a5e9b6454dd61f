import { describe, expect, test } from 'bun:test'
import { startApp, type TestApp } from '../harness.ts'
import { LEASE_MS } from '../../src/ledger/leases.ts'
import { answer } from '../scripted-replies.ts'
import { allRuns, expectTotalsMatch } from './totals.ts'

/* A run belongs to the process that renews its lease. */

async function start() {
  const app = await startApp()
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

/** Holds a run at its provider; `answered` lets it go on and waits for its answer. */
async function hold({ app, acme }: Awaited<ReturnType<typeof start>>) {
  const gate = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  app.provider.enqueue(async () => {
    asked.resolve()
    await gate.promise
    return answer()
  })
  const reply = acme.run('risk')
  await asked.promise
  return {
    answered: () => {
      gate.resolve()
      return reply
    },
  }
}

async function leaseOf(app: TestApp) {
  const [run] = await allRuns(app)
  return { node_id: run!.node_id, lease_until: run!.lease_until }
}

function inMs(app: TestApp, ms: number): string {
  return new Date(app.clock.now().getTime() + ms).toISOString()
}

describe('a run under way', () => {
  test('holds a lease, which ends with it', async () => {
    const setting = await start()
    const { app } = setting
    const { answered } = await hold(setting)
    expect(await leaseOf(app)).toEqual({ node_id: 'test', lease_until: inMs(app, LEASE_MS) })
    expect((await answered()).status).toBe(200)
    expect(await leaseOf(app)).toEqual({ node_id: 'test', lease_until: null })
  })

  test('has its lease renewed once half of it is over, and not before', async () => {
    const setting = await start()
    const { app } = setting
    const { answered } = await hold(setting)
    const first = inMs(app, LEASE_MS)
    app.clock.advance(LEASE_MS / 2 - 1)
    await app.server.leases.renewDue()
    expect((await leaseOf(app)).lease_until).toBe(first)
    app.clock.advance(1)
    await app.server.leases.renewDue()
    expect((await leaseOf(app)).lease_until).toBe(inMs(app, LEASE_MS))
    expect(await (await answered()).json()).toMatchObject({ status: 'completed' })
  })

  test('that somebody else has settled is stopped at the next renewal, and never answered as done', async () => {
    const setting = await start()
    const { app } = setting
    const { answered } = await hold(setting)
    await app.database.writer.transaction((trx) =>
      trx
        .updateTable('runs')
        .set({ status: 'failed', error_code: 'interrupted', duration_ms: 1, lease_until: null })
        .execute(),
    )
    app.clock.advance(LEASE_MS)
    await app.server.leases.renewDue()
    const reply = await answered()
    expect(reply.status).toBe(503)
    expect(await reply.json()).toMatchObject({ code: 'storage_unavailable' })
    expect(await allRuns(app)).toMatchObject([{ status: 'failed', error_code: 'interrupted' }])
  })

  test('is not renewed any more once it is settled', async () => {
    const { app, acme } = await start()
    app.provider.enqueue(answer())
    await acme.run('risk')
    app.clock.advance(LEASE_MS)
    await app.server.leases.renewDue()
    expect((await leaseOf(app)).lease_until).toBeNull()
    await expectTotalsMatch(app)
  })
})
