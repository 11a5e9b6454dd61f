import { afterEach, describe, expect, test } from 'bun:test'
import type { Caller } from '../../src/caller/caller.ts'
import { AresError } from '../../src/errors.ts'
import { createExecute, type Execute, type WholeTask } from '../../src/execution/execute.ts'
import { InFlight } from '../../src/execution/in-flight.ts'
import type { RunResult } from '../../src/execution/metered-calls.ts'
import type { Owner } from '../../src/execution/owner.ts'
import { NO_USAGE } from '../../src/form/answer.ts'
import { Ledger } from '../../src/ledger/ledger.ts'
import { LEASE_MS, Leases } from '../../src/ledger/leases.ts'
import { settleOrphans } from '../../src/ledger/recover.ts'
import { createLog } from '../../src/log.ts'
import { startApp, type TestApp } from '../harness.ts'
import { allRuns, expectTotalsMatch } from './totals.ts'

/* What becomes of a run whose work throws, or whose owner dies: the parts of the server, on the server's database. */

const log = createLog({ level: 'error', pretty: false, write() {}, now: () => new Date() })

let app: TestApp
afterEach(() => app.database.close())

async function parts() {
  app = await startApp()
  const { id, keyId } = await app.tenant('acme')
  const { config, database, clock } = app
  const leases = new Leases({ ...database, clock, log, nodeId: 'this', leaseMs: LEASE_MS })
  const disk = { level: 'enough' as const, requireRoom() {} }
  const newId = () => Bun.randomUUIDv7('hex', clock.now())
  const ledger = new Ledger({ ...database, config, clock, newId, log, leases, disk })
  const inFlight = new InFlight(config)
  const execute = createExecute({ ledger, clock, timer: clock, inFlight })
  const finished: (number | null)[] = []
  return { ledger, leases, inFlight, execute, owner: ownerOf(id, keyId, finished), finished }
}

function ownerOf(tenantId: string, keyId: string, finished: (number | null)[]): Owner {
  const caller: Caller = {
    keyId,
    tenantId,
    tenantName: 'acme',
    tier: 'pro',
    limits: app.config.tiers.pro,
    powers: null,
    familyId: keyId,
    used: null,
  }
  const progress = {
    times: {},
    streaming() {},
    finished: (tokens: number | null) => void finished.push(tokens),
  }
  return { caller, gone: null, requestId: 'asked', progress }
}

const SPENDING = {
  kind: 'chat',
  agent_id: null,
  agent_version: null,
  model: 'm-tools',
  provider: 'scripted',
} as const

type Done = RunResult<{ said: string }>

/** A task that says `done`, but for what is told otherwise. */
function task(but: Partial<WholeTask<Done, object>> = {}): WholeTask<Done, object> {
  return {
    spending: SPENDING,
    model: null,
    work: async () => ({ ok: true, said: 'done', usage: NO_USAGE, providerMs: 0 }),
    contentOf: () => ({ input: '{}', output: '{}' }),
    replyOf: (_result, { id, status }) => ({ id, status }),
    ...but,
  }
}

const thrown = new Error('the work is broken')
function broken(): never {
  throw thrown
}

function opens(execute: Execute, owner: Owner) {
  return execute.streamed<string, object, Done>(owner, {
    spending: SPENDING,
    model: null,
    open: broken,
    contentOf: () => ({ input: '{}', output: null }),
  })
}

describe('work that throws', () => {
  test.each<[string, (execute: Execute, owner: Owner) => Promise<unknown>]>([
    ['at once', (execute, owner) => execute.whole(owner, task({ work: broken }))],
    [
      'after a while',
      (execute, owner) => execute.whole(owner, task({ work: () => Promise.reject(thrown) })),
    ],
    ['where a stream is opened', opens],
  ])('%s: the run has failed, its place is free, and the caller gets the error', async (_, run) => {
    const { execute, owner, inFlight, finished } = await parts()
    expect(await run(execute, owner).catch((error: unknown) => error)).toBe(thrown)
    expect(await allRuns(app)).toMatchObject([
      { status: 'failed', error_code: 'internal', lease_until: null },
    ])
    await inFlight.whenIdle()
    expect(finished).toEqual([0])
    await expectTotalsMatch(app)
  })

  test('without being a run leaves its place, and nothing is recorded', async () => {
    const { execute, owner, inFlight } = await parts()
    const holder = { tenantId: owner.caller.tenantId, gone: null }
    const work = () => Promise.reject(thrown)
    expect(await execute.unrecorded(holder, 'scripted', work).catch((e: unknown) => e)).toBe(thrown)
    await inFlight.whenIdle()
    expect(await allRuns(app)).toEqual([])
  })
})

test('a reply that is an error is thrown once the run is settled', async () => {
  const { execute, owner } = await parts()
  const refusal = new AresError('provider_failed', 'The provider failed.')
  const asked = execute.whole(owner, task({ replyOf: () => refusal }))
  expect(await asked.catch((error: unknown) => error)).toBe(refusal)
  expect(await allRuns(app)).toMatchObject([{ status: 'completed' }])
})

describe('runs whose owner is dead', () => {
  /** More than are settled at a time. */
  const ABANDONED = 1_100

  test('are settled however many they are; those with an owner are left to it', async () => {
    const { ledger, leases, owner } = await parts()
    const reserve = () => ledger.reserve(owner.caller, SPENDING, { lost() {} })
    await Promise.all(Array.from({ length: ABANDONED }, reserve))
    app.clock.advance(LEASE_MS)
    const living = await reserve()
    expect(await settleOrphans({ ...app.database, ledger, clock: app.clock })).toBe(ABANDONED)
    const runs = await allRuns(app)
    const open = runs.filter(({ status }) => status === 'running')
    expect(open.map(({ id }) => id)).toEqual([living.id])
    const failed = runs.filter(({ error_code }) => error_code === 'interrupted')
    expect(failed.length).toBe(ABANDONED)
    expect(new Set(failed.map(({ duration_ms }) => duration_ms))).toEqual(new Set([LEASE_MS]))
    expect(await settleOrphans({ ...app.database, ledger, clock: app.clock })).toBe(0)
    leases.stop()
    await expectTotalsMatch(app)
  })
})
