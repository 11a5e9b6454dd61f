import { expect, test } from 'bun:test'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { readConfig } from '../../src/config/read-config.ts'
import { openDatabase } from '../../src/db/sqlite/open.ts'
import { assembleServer, WRITER_STATEMENTS } from '../../src/deps.ts'
import { createLog } from '../../src/log.ts'
import { ADMIN_SECRET, startApp, type TestApp, type TestTenant } from '../harness.ts'
import { eofMidStream, hangBeforeHeaders, hangMidBody, status } from '../scripted-faults.ts'
import { answer, heldBack } from '../scripted-replies.ts'
import type { Reply } from '../scripted-wire.ts'
import { until } from '../waiting.ts'
import { allRuns, expectTotalsMatch, settledRuns } from './totals.ts'

const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }

function limits(table: Record<string, number>, tier = 'free'): { config: string } {
  const lines = Object.entries(table).map(([key, value]) => `${key} = ${value}`)
  return { config: [`[tiers.${tier}]`, ...lines].join('\n') }
}

async function usageOf(app: TestApp, tenant: TestTenant) {
  await app.flushActivity()
  const reply = await tenant.get('/v1/usage')
  expect(reply.status).toBe(200)
  return (await reply.json()) as {
    total_runs: number
    total_tokens: number
    total_api_calls: number
    quota_runs: number | null
    quota_tokens: number | null
    period_start: string
    period_end: string
    daily_usage: { date: string; runs: number; tokens: number; api_calls: number }[]
  }
}

async function codeOf(reply: Response): Promise<string> {
  return ((await reply.json()) as { code: string }).code
}

/** The alerts of a tenant, oldest first. */
function alertsOf(app: Pick<TestApp, 'database'>, tenantId: string) {
  return app.database.db
    .selectFrom('alerts')
    .select(['severity', 'message', 'kind', 'threshold', 'resolved_at'])
    .where('tenant_id', '=', tenantId)
    .orderBy('id')
    .execute()
}

test('of 100 callers at once with room for 50 runs, exactly 50 pass', async () => {
  const app = await startApp(limits({ runs_per_month: 50 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 12, output: 7 } }))

  const replies = await Promise.all(Array.from({ length: 100 }, () => acme.run('risk')))

  const statuses = replies.map((reply) => reply.status)
  expect(statuses.filter((code) => code === 200)).toHaveLength(50)
  const refused = replies.filter((reply) => reply.status === 429)
  expect(refused).toHaveLength(50)
  for (const reply of refused) {
    // From 14:22:00.250 on 13 March to the end of the month.
    expect(reply.headers.get('retry-after')).toBe(
      String(Math.ceil((Date.UTC(2026, 3, 1) - Date.parse('2026-03-13T14:22:00.250Z')) / 1000)),
    )
    expect(await codeOf(reply)).toBe('quota_runs_exceeded')
  }
  expect(await expectTotalsMatch(app)).toBe(50)
  expect(app.provider.requests).toHaveLength(50)
  expect(await usageOf(app, acme)).toMatchObject({
    total_runs: 50,
    total_tokens: 50 * 19,
    quota_runs: 50,
    quota_tokens: null,
  })
})

test('runs, chats and streams share the run quota exactly', async () => {
  const app = await startApp(limits({ runs_per_month: 10 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const calls = Array.from({ length: 30 }, async (_, index) => {
    const reply =
      index % 3 === 0
        ? acme.run('risk')
        : acme.post(index % 3 === 1 ? '/v1/chat' : '/v1/chat/stream', CHAT)
    const { status: code } = await reply
    await (await reply).text()
    return code
  })
  const codes = await Promise.all(calls)
  expect(codes.filter((code) => code === 200)).toHaveLength(10)
  expect(codes.filter((code) => code === 429)).toHaveLength(20)
  expect(await expectTotalsMatch(app)).toBe(10)
})

test('failed runs count against the quota; refusals before a run do not', async () => {
  const app = await startApp(limits({ runs_per_month: 3 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const reserved = () => allRuns(app).then((runs) => runs.length)

  // 404, 422, 415, 400, an unknown model, and a provider without a key: no run.
  expect((await acme.run('nobody')).status).toBe(404)
  expect((await acme.post('/v1/agents/risk/run', { input: {} })).status).toBe(422)
  expect((await acme.post('/v1/agents/risk/run', '{')).status).toBe(400)
  expect((await acme.post('/v1/chat', { ...CHAT, model: 'm-unknown' })).status).toBe(422)
  expect((await acme.post('/v1/chat', { ...CHAT, model: 'm-keyless' })).status).toBe(503)
  expect(await reserved()).toBe(0)

  app.provider.reply(status(500))
  const failed = await acme.run('risk')
  expect(failed.status).toBe(200)
  expect(await failed.json()).toMatchObject({ status: 'failed' })
  expect((await acme.post('/v1/chat', CHAT)).status).toBe(502)
  expect((await acme.post('/v1/chat/stream', CHAT)).status).toBe(502)
  expect(await reserved()).toBe(3)
  expect(await codeOf(await acme.run('risk'))).toBe('quota_runs_exceeded')
  expect(await expectTotalsMatch(app)).toBe(3)
})

test.each([
  ['runs_per_month', 'quota_runs_exceeded'],
  ['tokens_per_month', 'quota_tokens_exceeded'],
])('a limit of 0 %s allows nothing', async (limit, code) => {
  const app = await startApp(limits({ [limit]: 0 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  for (const reply of [
    await acme.run('risk'),
    await acme.post('/v1/chat', CHAT),
    await acme.post('/v1/chat/stream', CHAT),
  ]) {
    expect(reply.status).toBe(429)
    expect(await codeOf(reply)).toBe(code)
  }
  expect(await expectTotalsMatch(app)).toBe(0)
  expect(app.provider.requests).toHaveLength(0)
  expect((await acme.get('/v1/usage')).status).toBe(200)
})

test('a limit of 0 requests a minute allows nothing', async () => {
  const app = await startApp(limits({ requests_per_minute: 0 }))
  const acme = await app.tenant('acme', { tier: 'free' })
  const reply = await acme.get('/v1/usage')
  expect(reply.status).toBe(429)
  expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(reply.headers.get('x-ratelimit-limit')).toBe('0')
  expect(await codeOf(reply)).toBe('rate_limited')
})

test('a run is admitted while the settled tokens are below the quota', async () => {
  const app = await startApp(limits({ tokens_per_month: 100 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.reply(answer({ usage: { input: 30, output: 19 } }))
  expect((await acme.run('risk')).status).toBe(200)
  expect((await acme.run('risk')).status).toBe(200)

  // 98 of 100 are settled: whoever starts now passes, all at once, and overshoots.
  const held = heldBack(answer({ usage: { input: 1, output: 1 } }))
  app.provider.reply(held.reply)
  const atOnce = [acme.run('risk'), acme.run('risk'), acme.run('risk')]
  await app.provider.received(5)
  held.letGo()
  for (const reply of await Promise.all(atOnce)) expect(reply.status).toBe(200)

  const refused = await acme.run('risk')
  expect(refused.status).toBe(429)
  expect(await codeOf(refused)).toBe('quota_tokens_exceeded')
  expect(refused.headers.get('x-quota-tokens-remaining')).toBe('0')
  expect(await expectTotalsMatch(app)).toBe(5)
  expect((await usageOf(app, acme)).total_tokens).toBe(104)
})

test('the first run of a month with a token quota of 1 passes', async () => {
  const app = await startApp(limits({ tokens_per_month: 1 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  expect((await acme.run('risk')).status).toBe(200)
  expect((await acme.run('risk')).status).toBe(429)
})

test('a new month starts from zero, at 00:00 UTC on the first', async () => {
  const app = await startApp({ ...limits({ runs_per_month: 1 }), now: '2026-02-28T23:59:59.999Z' })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  expect((await acme.run('risk')).status).toBe(200)
  const refused = await acme.run('risk')
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('1')
  expect(await usageOf(app, acme)).toMatchObject({
    period_start: '2026-02-01T00:00:00Z',
    period_end: '2026-02-28T23:59:59Z',
    total_runs: 1,
  })

  app.clock.advance(1)

  expect(await usageOf(app, acme)).toMatchObject({
    period_start: '2026-03-01T00:00:00Z',
    period_end: '2026-03-31T23:59:59Z',
    total_runs: 0,
    total_tokens: 0,
  })
  expect((await acme.run('risk')).status).toBe(200)
  expect((await acme.run('risk')).status).toBe(429)
  expect(await expectTotalsMatch(app)).toBe(2)
})

test('a run counts in the month and on the day it started, whenever it settles', async () => {
  const app = await startApp({
    ...limits({ tokens_per_month: 1000 }),
    now: '2026-12-31T23:59:58.000Z',
  })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.reply(() => {
    app.clock.set('2027-01-01T00:00:03.000Z')
    return answer({ usage: { input: 900, output: 50 } })
  })

  const run = (await (await acme.run('risk')).json()) as Record<string, unknown>
  expect(run['started_at']).toBe('2026-12-31T23:59:58Z')

  const january = await usageOf(app, acme)
  expect(january).toMatchObject({
    period_start: '2027-01-01T00:00:00Z',
    total_runs: 0,
    total_tokens: 0,
  })
  app.clock.set('2026-12-31T23:59:59.000Z')
  const december = await usageOf(app, acme)
  expect(december).toMatchObject({ total_runs: 1, total_tokens: 950 })
  expect(december.daily_usage[0]).toMatchObject({ date: '2026-12-31', runs: 1, tokens: 950 })
  expect(await expectTotalsMatch(app)).toBe(1)
  // Its alert is about December as well.
  expect(await alertsOf(app, acme.id)).toMatchObject([{ kind: 'quota_tokens', threshold: 90 }])
})

test('the clock may jump back without breaking totals', async () => {
  const app = await startApp(limits({ runs_per_month: 100 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  await acme.run('risk')
  app.clock.set('2026-02-01T00:00:00Z')
  await acme.run('risk')
  app.clock.set('2026-03-14T00:00:00Z')
  await acme.run('risk')
  expect(await expectTotalsMatch(app)).toBe(3)
  expect((await usageOf(app, acme)).total_runs).toBe(2)
  const agent = (await (await acme.get('/v1/agents/risk')).json()) as { last_run: string }
  expect(agent.last_run).toBe('2026-03-14T00:00:00Z')
})

/** What an answer tells of quotas and rate. */
const told = (reply: Response) => [
  reply.headers.get('x-quota-runs-remaining'),
  reply.headers.get('x-quota-tokens-remaining'),
  reply.headers.get('x-ratelimit-limit'),
  reply.headers.get('x-ratelimit-remaining'),
  reply.headers.get('x-ratelimit-reset'),
]

test('answers tell what is left of quotas and rate', async () => {
  const app = await startApp(
    limits({ runs_per_month: 3, tokens_per_month: 50, requests_per_minute: 60 }),
  )
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  expect(told(await acme.get('/v1/agents'))).toEqual(['3', '50', '60', '59', '1'])
  // A run's own answer counts it, tokens included.
  expect(told(await acme.run('risk'))).toEqual(['2', '31', '60', '58', '2'])
  expect(told(await acme.post('/v1/chat', CHAT))).toEqual(['1', '12', '60', '57', '3'])
  expect(told(await acme.run('risk'))).toEqual(['0', '0', '60', '56', '4'])
  const refused = await acme.run('risk')
  expect(refused.status).toBe(429)
  expect(told(refused)).toEqual(['0', '0', '60', '55', '5'])
  expect(told(await acme.get('/v1/nothing'))).toEqual(['0', '0', '60', '54', '6'])
})

test('a tier without limits has none of the headers', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const { headers } = await acme.run('risk')
  expect([...headers.keys()].filter((name) => /^x-(quota|ratelimit)-/.test(name))).toEqual([])
})

test('the rate limit is a bucket of one minute that refills evenly', async () => {
  const app = await startApp(limits({ requests_per_minute: 6 }))
  const acme = await app.tenant('acme', { tier: 'free' })
  const other = await app.tenant('other', { tier: 'free' })
  for (let i = 0; i < 6; i++) expect((await acme.get('/v1/agents')).status).toBe(200)

  const refused = await acme.get('/v1/agents')
  expect(refused.status).toBe(429)
  expect(await codeOf(refused)).toBe('rate_limited')
  expect(refused.headers.get('retry-after')).toBe('10')
  expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
  expect(refused.headers.get('x-ratelimit-reset')).toBe('60')
  // Another tenant's bucket is its own.
  expect((await other.get('/v1/agents')).status).toBe(200)

  app.clock.advance(9_999)
  expect((await acme.get('/v1/agents')).status).toBe(429)
  app.clock.advance(1)
  expect((await acme.get('/v1/agents')).status).toBe(200)
  expect((await acme.get('/v1/agents')).status).toBe(429)
  app.clock.advance(3_600_000)
  for (let i = 0; i < 6; i++) expect((await acme.get('/v1/agents')).status).toBe(200)
  expect((await acme.get('/v1/agents')).status).toBe(429)
})

test('the rate limit binds all of the tenant’s keys together, and comes before the route', async () => {
  const app = await startApp(limits({ requests_per_minute: 2 }))
  const acme = await app.tenant('acme', { tier: 'free' })
  const created = await acme.post('/v1/api-keys', { name: 'second' })
  const { secret } = (await created.json()) as { secret: string }
  const second = (path: string) =>
    app.fetch(path, { headers: { authorization: `Bearer ${secret}` } })
  expect((await second('/v1/nothing')).status).toBe(404)
  expect((await second('/v1/nothing')).status).toBe(429)
})

test('api calls count every request whose key verified, refusals included, and no other', async () => {
  const app = await startApp({
    config:
      '[tiers.free]\nruns_per_month = 1\nrequests_per_minute = 8\n[tiers.dev]\nrequests_per_minute = 0',
  })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const calls = [
    acme.get('/v1/agents'), // 200
    acme.get('/v1/agents/nobody'), // 404
    acme.get('/v1/no-such-route'), // 404
    acme.delete('/v1/agents'), // 405
    acme.post('/v1/chat', '{'), // 400
    acme.post('/v1/chat', {}), // 422
    acme.run('risk'), // 200
    acme.run('risk'), // 200 or 429 of the quota
    acme.get('/v1/agents'), // 429 of the rate
  ]
  const codes = (await Promise.all(calls)).map((reply) => reply.status)
  expect(codes.filter((code) => code === 429)).toHaveLength(2)
  for (const headers of [
    {},
    { authorization: 'Bearer nonsense' },
    { authorization: `Bearer ${acme.secret.slice(0, -1)}!` },
    { 'x-admin-secret': ADMIN_SECRET },
  ] as Record<string, string>[]) {
    expect((await app.fetch('/v1/agents', { headers })).status).toBe(401)
  }
  await app.flushActivity()
  const counted = () =>
    app.database.db
      .selectFrom('api_calls_daily')
      .select('calls')
      .where('tenant_id', '=', acme.id)
      .executeTakeFirstOrThrow()
  expect((await counted()).calls).toBe(9)

  // A suspended tenant's key verifies, so its refusals count too.
  await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
  expect((await acme.get('/v1/agents')).status).toBe(403)
  await app.flushActivity()
  expect((await counted()).calls).toBe(10)
})

test('api calls and last uses are written without being asked for', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  await acme.get('/v1/agents')
  const written = app.database.db.selectFrom('api_calls_daily').selectAll()
  await until(async () => (await written.execute()).length === 1)
  const usage = (await (await acme.get('/v1/usage')).json()) as { total_api_calls: number }
  expect(usage.total_api_calls).toBe(1)
  const { keys } = (await (await acme.get('/v1/api-keys')).json()) as {
    keys: { last_used: string }[]
  }
  expect(keys[0]!.last_used).toBe('2026-03-13T14:22:00Z')
})

test('alerts: once per threshold and period, a jump raises only the highest', async () => {
  const app = await startApp({
    ...limits({ runs_per_month: 20, tokens_per_month: 1000 }),
  })
  const acme = await app.tenant('acme-corp', { tier: 'free', agents: ['risk'] })
  const spend = async (tokens: number) => {
    app.provider.reply(answer({ usage: { input: tokens, output: 0 } }))
    expect((await acme.run('risk')).status).toBe(200)
  }
  const messages = async () => (await alertsOf(app, acme.id)).map((alert) => alert.message)

  await spend(799)
  expect(await messages()).toEqual([])
  await spend(1)
  await spend(50)
  expect(await messages()).toEqual(['Tenant acme-corp approaching token quota (80%)'])
  await spend(79) // 929: straight past 90
  await spend(1)
  expect((await messages()).at(-1)).toBe('Tenant acme-corp approaching token quota (92%)')
  expect(await messages()).toHaveLength(2)
  await spend(600) // overshoots to 1530
  expect((await messages()).at(-1)).toBe('Tenant acme-corp reached its token quota (100%)')
  expect(await alertsOf(app, acme.id)).toMatchObject([
    { severity: 'warning', threshold: 80, kind: 'quota_tokens', resolved_at: null },
    { severity: 'critical', threshold: 90, kind: 'quota_tokens', resolved_at: null },
    { severity: 'critical', threshold: 100, kind: 'quota_tokens', resolved_at: null },
  ])

  // A new month starts anew; a jump past everything raises one alert.
  app.clock.set('2026-04-02T00:00:00Z')
  await spend(5000)
  expect(await messages()).toHaveLength(4)
  expect((await messages()).at(-1)).toBe('Tenant acme-corp reached its token quota (100%)')
  await expectTotalsMatch(app)
})

test('the run quota raises its alerts as well, also when callers arrive together', async () => {
  const app = await startApp(limits({ runs_per_month: 10 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  for (let i = 0; i < 7; i++) await acme.run('risk')
  expect(await alertsOf(app, acme.id)).toEqual([])
  await acme.run('risk')
  expect(await alertsOf(app, acme.id)).toMatchObject([
    { message: 'Tenant acme approaching run quota (80%)', severity: 'warning' },
  ])
  await Promise.all([acme.run('risk'), acme.run('risk'), acme.run('risk')])
  expect((await alertsOf(app, acme.id)).at(-1)).toMatchObject({
    message: 'Tenant acme reached its run quota (100%)',
    severity: 'critical',
  })
  const thresholds = (await alertsOf(app, acme.id)).map((alert) => alert.threshold)
  expect(new Set(thresholds).size).toBe(thresholds.length)
})

/** The files of an application as a kill -9 at this moment would leave them, opened by a new server. */
async function restartAfterCrash(app: TestApp, whileRunning: () => Promise<void>) {
  const { rows } = await sql<{ file: string }>`select file from pragma_database_list`.execute(
    app.database.db,
  )
  await whileRunning()
  const folder = mkdtempSync(join(tmpdir(), 'ares-crashed-'))
  const path = join(folder, 'ares.db')
  copyFileSync(rows[0]!.file, path)
  copyFileSync(`${rows[0]!.file}-wal`, `${path}-wal`)
  const logged: string[] = []
  const database = await openDatabase({ path, pid: process.pid, statements: WRITER_STATEMENTS })
  const text =
    '[[providers]]\nname = "demo"\ntype = "demo"\n[[providers.models]]\nid = "m-tools"\ncontext_length = 1000'
  const server = await assembleServer({
    config: readConfig(text, { source: null, directory: folder, env: {} }),
    adminSecret: ADMIN_SECRET,
    database,
    clock: app.clock,
    timer: app.clock,
    newId: () => Bun.randomUUIDv7(),
    log: createLog({
      level: 'debug',
      pretty: false,
      write: (line) => logged.push(line),
      now: () => app.clock.now(),
    }),
    findDamage: async () => [],
    diskSpace: async () => ({ freeBytes: 1e12, totalBytes: 2e12 }),
    version: 'restarted',
    nodeId: 'test',
  })
  return {
    database,
    logged,
    get: (tenant: TestTenant, route: string) =>
      server.handle(
        new Request(`http://localhost${route}`, {
          headers: { host: 'localhost', authorization: `Bearer ${tenant.secret}` },
        }),
        { address: '192.0.2.7', stillReading() {}, holdOpen() {}, beginStream() {} },
      ),
    close: async () => {
      await server.shutDown(0)
      await database.close()
      rmSync(folder, { recursive: true })
    },
  }
}

test('runs that a crash interrupted are failed afterwards, say so, and count', async () => {
  const app = await startApp(limits({ runs_per_month: 10 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  await acme.run('risk')
  app.provider.reply(hangBeforeHeaders())
  const abort = new AbortController()
  const open = ['/v1/agents/risk/run', '/v1/chat', '/v1/chat/stream'].map((path) =>
    app.fetch(path, {
      method: 'POST',
      headers: { authorization: `Bearer ${acme.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(path.endsWith('run') ? { input: { message: 'x' } } : CHAT),
      signal: abort.signal,
    }),
  )
  const crashed = await restartAfterCrash(app, () => app.provider.received(4))

  const runs = await allRuns(crashed)
  expect(runs).toHaveLength(4)
  for (const run of runs.slice(1)) {
    expect(run).toMatchObject({
      status: 'failed',
      error_code: 'interrupted',
      lease_until: null,
      input: null,
      output: null,
      input_tokens: 0,
    })
    expect(run.error).toContain('server stopped')
  }
  expect(crashed.logged.join('')).toContain('"runs":3')
  const { runs: history, total } = (await (
    await crashed.get(acme, '/v1/agents/risk/runs')
  ).json()) as { runs: object[]; total: number }
  expect(total).toBe(2)
  expect(history[0]).toMatchObject({
    status: 'failed',
    input: null,
    output: null,
    error: expect.stringContaining('server stopped'),
  })
  const agent = await (await crashed.get(acme, '/v1/agents/risk')).json()
  expect(agent).toMatchObject({ total_runs: 2, success_rate: 0.5 })
  expect(await (await crashed.get(acme, '/v1/usage')).json()).toMatchObject({ total_runs: 4 })
  expect(await expectTotalsMatch(crashed)).toBe(4)

  // A second restart finds nothing to do.
  await crashed.close()
  abort.abort()
  await Promise.all(open)
  await settledRuns(app, 4)
  expect(await expectTotalsMatch(app)).toBe(4)
})

test('a client that leaves costs its run and what was used', async () => {
  const app = await startApp(limits({ runs_per_month: 10, tokens_per_month: 1000 }))
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  app.provider.reply(hangMidBody({ text: 'Half of this was written.' }))
  const abort = new AbortController()
  const reply = app.fetch('/v1/agents/risk/run', {
    method: 'POST',
    headers: { authorization: `Bearer ${acme.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify({ input: { message: 'Hello' } }),
    signal: abort.signal,
  })
  await app.provider.received(1)
  abort.abort()
  await reply
  const [run] = await settledRuns(app)
  expect(run).toMatchObject({ status: 'failed', error_code: 'client_gone', tokens_estimated: 1 })
  expect(await expectTotalsMatch(app)).toBe(1)
  const usage = await usageOf(app, acme)
  expect(usage.total_runs).toBe(1)
  expect(usage.total_tokens).toBe(run!.input_tokens + run!.output_tokens)
})

test('totals of a tenant survive the deletion of its agent and of itself', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  await acme.run('risk')
  await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/risk`)
  expect(await (await app.admin.get(`/api/admin/tenants/${acme.id}`)).json()).toMatchObject({
    total_runs: 1,
    total_tokens: 19,
  })
  await app.admin.delete(`/api/admin/tenants/${acme.id}`)
  expect(await (await app.admin.get('/api/admin/stats')).json()).toMatchObject({
    total_runs_today: 1,
    total_tokens_today: 19,
  })
  expect(await expectTotalsMatch(app)).toBe(1)
})

test('an agent deleted while it runs still settles, into the tenant’s totals', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const held = heldBack(answer({ usage: { input: 5, output: 5 } }))
  app.provider.reply(held.reply)
  const run = acme.run('risk')
  await app.provider.received(1)
  expect((await app.admin.delete(`/api/admin/tenants/${acme.id}/agents/risk`)).status).toBe(204)
  held.letGo()
  expect(await (await run).json()).toMatchObject({ status: 'completed', tokens_used: 10 })
  expect(await expectTotalsMatch(app)).toBe(1)
  expect((await usageOf(app, acme)).total_tokens).toBe(10)
})

test('a tenant suspended or downgraded while it runs: what runs is metered, nothing new starts', async () => {
  const app = await startApp(limits({ runs_per_month: 1 }))
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const held = heldBack(answer())
  app.provider.reply(held.reply)
  const running = [acme.run('risk'), acme.run('risk')]
  await app.provider.received(2)
  await app.admin.put(`/api/admin/tenants/${acme.id}/quota`, { tier: 'free' })
  const refused = await acme.run('risk')
  expect(refused.status).toBe(429)
  expect(await codeOf(refused)).toBe('quota_runs_exceeded')
  held.letGo()
  for (const reply of await Promise.all(running)) expect(reply.status).toBe(200)
  expect(await expectTotalsMatch(app)).toBe(2)
})

/** Mulberry32: the same numbers for the same seed. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const SEEDS = [1, 2, 20_261_122]

test.each(SEEDS)(
  'whatever three tenants do at once, totals equal their runs (seed %i)',
  async (seed) => {
    const app = await startApp({
      config:
        '[tiers.free]\nruns_per_month = 60\ntokens_per_month = 100000\n[tiers.dev]\ntokens_per_month = 1500',
      now: '2026-03-31T23:59:50.000Z',
    })
    const next = random(seed)
    const pick = <T>(choices: T[]): T => choices[Math.floor(next() * choices.length)]!
    const tenants = [
      await app.tenant('acme', { tier: 'free', agents: ['risk', 'other'] }),
      await app.tenant('globex', { tier: 'dev', agents: ['risk'] }),
      await app.tenant('initech', { tier: 'pro', agents: ['risk', 'third'] }),
    ]
    const replies: (() => Reply)[] = [
      () => answer({ usage: { input: 1 + Math.floor(next() * 40), output: 3 } }),
      () => answer({ text: '{"a":1}', usage: { input: 2, output: 2, cached: 1 } }),
      () => answer({ deltas: ['a', 'b', 'c'], delayMs: 2 }),
      () => answer({ usage: null, text: 'No report at all.' }),
      () => answer({ usage: { input: -1, output: 'x' }, text: 'A mad report.' }),
      () => status(pick([400, 429, 500])),
      () => eofMidStream(['half']),
      () => hangMidBody({ text: 'Hello' }),
    ]
    app.provider.reply(() => pick(replies)())
    const outcomes = new Map<number, number>()
    const act = async () => {
      const tenant = pick(tenants)
      const path = pick(['/v1/agents/risk/run', '/v1/chat', '/v1/chat/stream'])
      const abort = new AbortController()
      const body = path.endsWith('run')
        ? { input: { message: 'Hello' } }
        : { ...CHAT, ...(next() < 0.3 && { agent_type: 'custom' }) }
      // Hanging providers are left by their clients: sooner or later everybody is.
      const timer = setTimeout(() => abort.abort(), 5 + next() * 200)
      if (next() < 0.02) app.clock.advance(1000)
      const reply = await app.fetch(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${tenant.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: abort.signal,
      })
      await reply.text().catch(() => '')
      clearTimeout(timer)
      outcomes.set(reply.status, (outcomes.get(reply.status) ?? 0) + 1)
    }
    await Promise.all(
      Array.from({ length: 12 }, async () => {
        for (let i = 0; i < 25; i++) await act()
      }),
    )
    await settledRuns(app)

    const runs = await expectTotalsMatch(app)
    expect(runs).toBe(300 - (outcomes.get(429) ?? 0))
    await expectAlertsFit(app)
    await app.flushActivity()
    const { calls } = await app.database.db
      .selectFrom('api_calls_daily')
      .select((eb) => eb.fn.sum<number>('calls').as('calls'))
      .executeTakeFirstOrThrow()
    expect(calls).toBe(300)
  },
  20_000,
)

/** For every month and quota: thresholds rise, none twice, and the highest is what the total has reached. */
async function expectAlertsFit(app: TestApp): Promise<void> {
  const months = await app.database.db
    .selectFrom('tenant_months')
    .innerJoin('tenants', 'tenants.id', 'tenant_months.tenant_id')
    .selectAll('tenant_months')
    .select('tenants.tier')
    .execute()
  expect(months.length).toBeGreaterThanOrEqual(3)
  const quotas: Record<string, { runs?: number; tokens?: number }> = {
    free: { runs: 60, tokens: 100_000 },
    dev: { tokens: 1500 },
    pro: { runs: 100_000, tokens: 10_000_000 },
  }
  for (const month of months) {
    const quota = quotas[month.tier]!
    expect(month.runs).toBeLessThanOrEqual(quota.runs ?? Number.POSITIVE_INFINITY)
    for (const kind of ['runs', 'tokens'] as const) {
      const percent = quota[kind] === undefined ? 0 : Math.floor((month[kind] / quota[kind]) * 100)
      const reached = [100, 90, 80].find((threshold) => percent >= threshold)
      const raised = await app.database.db
        .selectFrom('alerts')
        .select('threshold')
        .where('tenant_id', '=', month.tenant_id)
        .where('kind', '=', `quota_${kind}`)
        .where('subject', '=', month.month)
        .orderBy('id')
        .execute()
      const thresholds = raised.map((alert) => alert.threshold!)
      expect(thresholds.at(-1)).toBe(reached)
      expect(thresholds).toEqual([...new Set(thresholds)].toSorted((a, b) => a - b))
    }
  }
}
