import { describe, expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { KeyExpiry } from '../../src/idempotency/key-expiry.ts'
import { createLog } from '../../src/log.ts'
import { databaseFile, ADMIN_SECRET, startApp, type TestApp, type TestTenant } from '../harness.ts'
import { hangBeforeHeaders, resetBeforeHeaders, status } from '../scripted-faults.ts'
import { answer, heldBack } from '../scripted-replies.ts'
import type { Reply } from '../scripted-wire.ts'
import { someTurns } from '../waiting.ts'
import { allRuns, expectTotalsMatch, settledRuns } from './totals.ts'
import { lockDatabase } from './v1/common.ts'
import { expectError } from './v1/expect-error.ts'

/* `Idempotency-Key`: one execution, one charge, the same answer for 24 hours. */

const DAY_MS = 24 * 3600 * 1000
const MESSAGES = [{ role: 'user', content: 'Hello' }]
const CHAT = { path: '/v1/chat', body: { model: 'm-tools', messages: MESSAGES } }
const RUN = { path: '/v1/agents/risk/run', body: { input: { message: 'Hello' } } }
const CREATE_KEY = { path: '/v1/api-keys', body: { name: 'second' } }
const CREATE_TENANT = { path: '/api/admin/tenants', body: { name: 'globex', tier: 'free' } }

interface Call {
  path: string
  body: unknown
}

type Credential = Record<string, string>

const ADMIN: Credential = { 'x-admin-secret': ADMIN_SECRET }

function bearer({ secret }: Pick<TestTenant, 'secret'>): Credential {
  return { authorization: `Bearer ${secret}` }
}

/** Sends a call with an `Idempotency-Key`. */
function send(
  app: TestApp,
  credential: Credential,
  { path, body }: Call,
  key: string,
  init: RequestInit = {},
) {
  const headers = { ...credential, 'content-type': 'application/json', 'idempotency-key': key }
  return app.fetch(path, { method: 'POST', headers, body: JSON.stringify(body), ...init })
}

/** Everything of an answer that is the same when it is given again. */
async function said(reply: Response) {
  return { status: reply.status, text: await reply.text() }
}

function isReplayed(reply: Response): boolean {
  return reply.headers.get('idempotent-replayed') === 'true'
}

/** Sends the call a second time, and holds the answer against the first. */
async function expectReplayed(first: Response, again: Promise<Response>): Promise<string> {
  const second = await again
  expect(isReplayed(first)).toBe(false)
  expect(isReplayed(second)).toBe(true)
  const once = await said(first)
  expect(await said(second)).toEqual(once)
  return once.text
}

async function start(options: Parameters<typeof startApp>[0] = {}, tier = 'free') {
  const app = await startApp(options)
  const acme = await app.tenant('acme', { tier, agents: ['risk'] })
  return { app, acme }
}

/** How many rows there are of whatever the seven routes make. */
async function made(app: TestApp) {
  const { db } = app.database
  const count = async (table: 'tenants' | 'api_keys' | 'agents' | 'runs' | 'audit_log') =>
    (await db.selectFrom(table).selectAll().execute()).length
  return {
    tenants: await count('tenants'),
    keys: await count('api_keys'),
    agents: await count('agents'),
    runs: await count('runs'),
    audited: await count('audit_log'),
    asked: app.provider.requests.length,
  }
}

interface Route extends Call {
  title: string
  other: unknown
}

const AGENT = { name: 'fraud', agent_type: 'custom', config: { model: 'm-tools' } }
const CLIENT = { name: 'initech', tier: 'free', product_type: 'generic', api_key_name: 'first' }

/** The seven routes; `{id}` is the tenant. */
const ROUTES: Route[] = [
  { title: 'run', ...RUN, other: { input: { message: 'Bye' } } },
  { title: 'chat', ...CHAT, other: { ...CHAT.body, model: 'm-plain' } },
  { title: 'create a key', ...CREATE_KEY, other: { name: 'third' } },
  { title: 'create a tenant', ...CREATE_TENANT, other: { name: 'hooli', tier: 'free' } },
  {
    title: 'provision a client',
    path: '/api/admin/provision-client',
    body: CLIENT,
    other: { ...CLIENT, name: 'hooli' },
  },
  {
    title: 'create a key for a tenant',
    path: '/api/admin/tenants/{id}/api-keys',
    body: { name: 'second' },
    other: { name: 'third' },
  },
  {
    title: 'create an agent',
    path: '/api/admin/tenants/{id}/agents',
    body: AGENT,
    other: { ...AGENT, name: 'sales' },
  },
]

describe.each(ROUTES)('$title', ({ path: pattern, body, other }) => {
  const set = async () => {
    const { app, acme } = await start()
    const path = pattern.replace('{id}', acme.id)
    const credential = path.startsWith('/v1') ? bearer(acme) : ADMIN
    return {
      app,
      ask: (sent: unknown, key = 'k') => send(app, credential, { path, body: sent }, key),
    }
  }

  test('is executed once and answered the same', async () => {
    const { app, ask } = await set()
    const first = await ask(body)
    expect(first.ok).toBe(true)
    const before = await made(app)
    const text = await expectReplayed(first, ask(body))
    expect(isReplayed(await ask(body))).toBe(true)
    expect(await made(app)).toEqual(before)
    expect(JSON.parse(text)).toBeObject()
  })

  test('is answered again only when its first answer is on the disk', async () => {
    const { app, ask } = await set()
    await ask(body)
    const disk = Promise.withResolvers<void>()
    app.database.writer.durable = () => disk.promise
    let isAnswered = false
    const again = ask(body).finally(() => (isAnswered = true))
    await someTurns()
    expect(isAnswered).toBe(false)
    disk.resolve()
    expect(isReplayed(await again)).toBe(true)
  })

  test('with another body is 422, and nothing happens', async () => {
    const { app, ask } = await set()
    await ask(body)
    const before = await made(app)
    const { details } = await expectError(await ask(other), 422, 'invalid')
    expect(details).toEqual([
      {
        path: '/Idempotency-Key',
        message: 'This Idempotency-Key was used with another body in the last 24 hours.',
      },
    ])
    expect(await made(app)).toEqual(before)
  })

  test('with another key is another request', async () => {
    const { app, ask } = await set()
    await ask(body, 'k1')
    const before = await made(app)
    expect((await ask(other, 'k2')).ok).toBe(true)
    expect(await made(app)).not.toEqual(before)
  })

  test('50 at once make one; the others get its answer or 409', async () => {
    const { app, ask } = await set()
    const before = await made(app)
    const replies = await Promise.all(Array.from({ length: 50 }, () => ask(body)))
    const texts = new Set<string>()
    for (const reply of replies) {
      if (reply.status === 409) {
        expect(reply.headers.get('retry-after')).toBe('1')
        await expectError(reply, 409, 'conflict')
      } else {
        expect(reply.ok).toBe(true)
        texts.add(await reply.text())
      }
    }
    expect(texts.size).toBe(1)
    expect(isReplayed(await ask(body))).toBe(true)

    const after = await made(app)
    expect(after.runs - before.runs + after.audited - before.audited).toBeGreaterThan(0)
    expect(after.runs).toBeLessThanOrEqual(before.runs + 1)
    expect(after.asked).toBeLessThanOrEqual(before.asked + 1)
    expect(after.tenants).toBeLessThanOrEqual(before.tenants + 1)
    await expectTotalsMatch(app)
  })

  test('a key that is none is 422', async () => {
    const { app, ask } = await set()
    const before = await made(app)
    for (const key of ['', 'x'.repeat(256), 'a\tb', 'é']) {
      const { details } = await expectError(await ask(body, key), 422, 'invalid')
      expect(details![0]!.path).toBe('/Idempotency-Key')
    }
    expect(await made(app)).toEqual(before)
    expect((await ask(body, `!~ "${'x'.repeat(251)}`)).ok).toBe(true)
  })

  test('is answered the same after a restart', async () => {
    const { app, acme } = await start()
    const call = { path: pattern.replace('{id}', acme.id), body }
    const credential = pattern.startsWith('/v1') ? bearer(acme) : ADMIN
    const first = await send(app, credential, call, 'k')
    const restarted = await app.restart()
    const before = await made(restarted)
    await expectReplayed(first, send(restarted, credential, call, 'k'))
    expect(await made(restarted)).toEqual(before)
  })
})

describe('while the first is under way', () => {
  test.each([RUN, CHAT])('$path is 409 and costs nothing', async (call) => {
    const { app, acme } = await start({ config: '[tiers.free]\nruns_per_month = 5' })
    const held = heldBack()
    app.provider.enqueue(held.reply)
    const ask = () => send(app, bearer(acme), call, 'k')
    const first = ask()
    await app.provider.received(1)
    for (let i = 0; i < 3; i++) {
      const refused = await ask()
      expect(refused.headers.get('retry-after')).toBe('1')
      expect(refused.headers.get('x-quota-runs-remaining')).toBe('4')
      await expectError(refused, 409, 'conflict')
    }
    held.letGo()
    await expectReplayed(await first, ask())
    expect(app.provider.requests).toHaveLength(1)
    expect(await expectTotalsMatch(app)).toBe(1)
  })

  test('another body is 422 at once', async () => {
    const { app, acme } = await start()
    const held = heldBack()
    app.provider.enqueue(held.reply)
    const first = send(app, bearer(acme), RUN, 'k')
    await app.provider.received(1)
    const other = { ...RUN, body: { input: { message: 'Bye' } } }
    await expectError(await send(app, bearer(acme), other, 'k'), 422, 'invalid')
    held.letGo()
    expect((await first).status).toBe(200)
  })

  test('an answer that the storage has not taken yet is not given, and not lost', async () => {
    const { app, acme } = await start()
    let lock: { release(): void } | undefined
    app.provider.enqueue(async () => {
      lock = await lockDatabase(app)
      return answer()
    })
    await expectError(await send(app, bearer(acme), RUN, 'k'), 503, 'storage_unavailable')
    await expectError(await send(app, bearer(acme), RUN, 'k'), 409, 'conflict')
    lock!.release()
    const [run] = await settledRuns(app)
    const reply = await send(app, bearer(acme), RUN, 'k')
    expect(isReplayed(reply)).toBe(true)
    expect(await reply.json()).toMatchObject({ id: run!.id, status: 'completed' })
    expect(await expectTotalsMatch(app)).toBe(1)
  })
})

describe('a key belongs', () => {
  test('to its tenant', async () => {
    const { app, acme } = await start()
    const globex = await app.tenant('globex', { agents: ['risk'] })
    const first = await said(await send(app, bearer(acme), RUN, 'k'))
    const other = await send(app, bearer(globex), RUN, 'k')
    expect(isReplayed(other)).toBe(false)
    expect(await other.text()).not.toBe(first.text)
    expect(await expectTotalsMatch(app)).toBe(2)
  })

  test('to its route, with the parts of its path', async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk', 'fraud'] })
    const paths = ['/v1/agents/risk/run', '/v1/agents/fraud/run']
    const replies = [
      ...(await Promise.all(paths.map((path) => send(app, bearer(acme), { ...RUN, path }, 'k')))),
      await send(app, bearer(acme), CHAT, 'k'),
      await send(app, bearer(acme), CREATE_KEY, 'k'),
    ]
    expect(replies.map(isReplayed)).toEqual([false, false, false, false])
    expect(replies.map((reply) => reply.status)).toEqual([200, 200, 200, 201])
    // A trailing slash is no other route.
    const path = '/v1/agents/risk/run/'
    expect(isReplayed(await send(app, bearer(acme), { ...RUN, path }, 'k'))).toBe(true)
  })

  test('to the credential that got the answer: another of the same tenant is told so', async () => {
    const { app, acme } = await start()
    const created = await acme.post('/v1/api-keys', { name: 'other' })
    const other = (await created.json()) as { secret: string }
    await send(app, bearer(acme), RUN, 'k')
    const { error } = await expectError(await send(app, bearer(other), RUN, 'k'), 422, 'invalid')
    expect(error).toContain('another credential')
    expect(await expectTotalsMatch(app)).toBe(1)
  })

  test('to nobody once its credential is revoked', async () => {
    const { app, acme } = await start()
    await send(app, bearer(acme), RUN, 'k')
    await acme.delete(`/v1/api-keys/${acme.keyId}`)
    await expectError(await send(app, bearer(acme), RUN, 'k'), 401, 'unauthorized')
  })
})

describe('other routes', () => {
  test('a stream refuses the header, whatever is in it', async () => {
    const { app, acme } = await start()
    for (const key of ['k', '']) {
      const call = { ...CHAT, path: '/v1/chat/stream' }
      await expectError(await send(app, bearer(acme), call, key), 422, 'invalid')
    }
    expect(await made(app)).toMatchObject({ runs: 0, asked: 0 })
  })

  test('the rest ignores it', async () => {
    const { app, acme } = await start()
    const headers = { ...bearer(acme), 'idempotency-key': '' }
    expect((await app.fetch('/v1/usage', { headers })).status).toBe(200)
    const path = `/api/admin/tenants/${acme.id}`
    for (const state of ['suspended', 'active', 'suspended']) {
      const call = { path, body: { status: state } }
      const reply = await send(app, ADMIN, call, 'k', { method: 'PATCH' })
      expect(await reply.json()).toMatchObject({ status: state })
    }
  })
})

describe('what was executed and failed is answered the same', () => {
  const cases: [string, Call, Reply, number][] = [
    ['a run', RUN, status(500), 200],
    ['a chat whose provider fails', CHAT, status(500), 502],
    ['a chat whose provider breaks off', CHAT, resetBeforeHeaders(), 502],
    ['a chat whose provider times out', CHAT, hangBeforeHeaders(), 504],
  ]
  test.each(cases)('%s', async (_what, call, reply, code) => {
    const { app, acme } = await start({ patienceMs: 1000 })
    app.provider.enqueue(reply)
    const first = await send(app, bearer(acme), call, 'k')
    expect(first.status).toBe(code)
    await expectReplayed(first, send(app, bearer(acme), call, 'k'))
    const [run, ...more] = await allRuns(app)
    expect(run!.status).toBe('failed')
    expect(more).toEqual([])
    await expectTotalsMatch(app)
  })

  test('a chat that the stop of the server cut off', async () => {
    const { app, acme } = await start()
    app.provider.enqueue(hangBeforeHeaders())
    const cutOff = send(app, bearer(acme), CHAT, 'k')
    await app.provider.received(1)
    const restarted = await app.restart()
    const first = await cutOff
    expect(first.status).toBe(503)
    const again = await send(restarted, bearer(acme), CHAT, 'k')
    expect(again.headers.get('retry-after')).toBe(first.headers.get('retry-after'))
    await expectReplayed(first, send(restarted, bearer(acme), CHAT, 'k'))
    expect(await expectTotalsMatch(restarted)).toBe(1)
  })

  test('a run whose client went away: it is charged, and its key says what became of it', async () => {
    const { app, acme } = await start()
    app.provider.enqueue(hangBeforeHeaders())
    const client = new AbortController()
    const first = send(app, bearer(acme), RUN, 'k', { signal: client.signal })
    await app.provider.received(1)
    client.abort()
    await first.catch(() => {})
    const [run] = await settledRuns(app)
    const reply = await send(app, bearer(acme), RUN, 'k')
    expect(isReplayed(reply)).toBe(true)
    expect(await reply.json()).toMatchObject({ id: run!.id, status: 'failed' })
  })
})

describe('what was refused is not kept', () => {
  test('404, until the agent is there', async () => {
    const { app, acme } = await start()
    const call = { ...RUN, path: '/v1/agents/fraud/run' }
    await expectError(await send(app, bearer(acme), call, 'k'), 404, 'not_found')
    await app.admin.post(`/api/admin/tenants/${acme.id}/agents`, AGENT)
    const reply = await send(app, bearer(acme), call, 'k')
    expect([reply.status, isReplayed(reply)]).toEqual([200, false])
  })

  test('409, until the agent is active again', async () => {
    const { app, acme } = await start()
    const agent = `/api/admin/tenants/${acme.id}/agents/risk`
    await app.admin.put(agent, { status: 'paused' })
    await expectError(await send(app, bearer(acme), RUN, 'k'), 409, 'agent_paused')
    await app.admin.put(agent, { status: 'active' })
    expect((await send(app, bearer(acme), RUN, 'k')).status).toBe(200)
  })

  test('409, until the name is free', async () => {
    const { app } = await start()
    const globex = await app.tenant('globex')
    await expectError(await send(app, ADMIN, CREATE_TENANT, 'k'), 409, 'conflict')
    await app.admin.delete(`/api/admin/tenants/${globex.id}`)
    expect((await send(app, ADMIN, CREATE_TENANT, 'k')).status).toBe(201)
  })

  test('422, whichever body comes next', async () => {
    const { app, acme } = await start()
    const wrong = { ...CHAT, body: { ...CHAT.body, model: 'gpt-unknown' } }
    await expectError(await send(app, bearer(acme), wrong, 'k'), 422, 'invalid')
    expect((await send(app, bearer(acme), CHAT, 'k')).status).toBe(200)
  })

  test('429, until there is quota', async () => {
    const { app, acme } = await start({ config: '[tiers.free]\nruns_per_month = 0' })
    await expectError(await send(app, bearer(acme), RUN, 'k'), 429, 'quota_runs_exceeded')
    await app.admin.put(`/api/admin/tenants/${acme.id}/quota`, { tier: 'dev' })
    expect((await send(app, bearer(acme), RUN, 'k')).status).toBe(200)
  })

  test.each([RUN, CREATE_KEY])('503 of $path, until the storage is well', async (call) => {
    const { app, acme } = await start()
    const lock = await lockDatabase(app)
    const refused = await send(app, bearer(acme), call, 'k')
    await expectError(refused, 503, 'storage_unavailable')
    lock.release()
    const reply = await send(app, bearer(acme), call, 'k')
    expect([reply.ok, isReplayed(reply)]).toEqual([true, false])
  })
})

test('a replay takes no run and no tokens, but is an api call and takes from the rate', async () => {
  const { app, acme } = await start({
    config: '[tiers.free]\nruns_per_month = 3\nrequests_per_minute = 5',
  })
  await send(app, bearer(acme), RUN, 'k')
  for (const left of ['3', '2', '1', '0']) {
    const reply = await send(app, bearer(acme), RUN, 'k')
    expect(reply.headers.get('x-ratelimit-remaining')).toBe(left)
    expect(reply.headers.get('x-quota-runs-remaining')).toBe('2')
    expect(reply.headers.has('server-timing')).toBe(false)
  }
  await expectError(await send(app, bearer(acme), RUN, 'k'), 429, 'rate_limited')
  await app.flushActivity()
  const calls = await app.database.db.selectFrom('api_calls_daily').selectAll().execute()
  expect(calls).toMatchObject([{ tenant_id: acme.id, calls: 6 }])
  expect(await expectTotalsMatch(app)).toBe(1)
})

test('a key that was used up by its run is answered when the quota is used up too', async () => {
  const { app, acme } = await start({ config: '[tiers.free]\nruns_per_month = 1' })
  const first = await send(app, bearer(acme), RUN, 'k')
  await expectError(await send(app, bearer(acme), RUN, 'k2'), 429, 'quota_runs_exceeded')
  await expectReplayed(first, send(app, bearer(acme), RUN, 'k'))
})

describe('24 hours later', () => {
  test.each([RUN, CREATE_KEY])('$path is executed anew', async (call) => {
    const { app, acme } = await start()
    const first = await said(await send(app, bearer(acme), call, 'k'))
    app.clock.advance(DAY_MS - 1)
    const replayed = await send(app, bearer(acme), call, 'k')
    expect(isReplayed(replayed)).toBe(true)
    expect(await said(replayed)).toEqual(first)
    app.clock.advance(1)
    const anew = await send(app, bearer(acme), call, 'k')
    expect([anew.ok, isReplayed(anew)]).toEqual([true, false])
    expect(await anew.text()).not.toBe(first.text)
    expect(isReplayed(await send(app, bearer(acme), call, 'k'))).toBe(true)
  })

  test('expired keys are dropped, and only they', async () => {
    const { app } = await start({}, 'enterprise')
    const { writer, db } = app.database
    const keys = () => db.selectFrom('idempotency_keys').select('expires_at').execute()
    const row = { body_hash: '', run_id: null, answer: null }
    const expires_at = '2026-03-13T14:22:00.250Z'
    const old = Array.from({ length: 205 }, (_, i) => ({ id: `old ${i}`, ...row, expires_at }))
    await writer.transaction((trx) => trx.insertInto('idempotency_keys').values(old).execute())
    await send(app, ADMIN, CREATE_TENANT, 'k')
    expect(await keys()).toHaveLength(206)

    const log = createLog({ level: 'debug', pretty: false, write: () => {}, now: () => new Date() })
    const expiry = new KeyExpiry({ writer, clock: app.clock, log })
    await expiry.drop()
    expiry.stop()
    expect(await keys()).toEqual([{ expires_at: '2026-03-14T14:22:00.250Z' }])
  })
})

test('secrets, credentials and keys are nowhere in the file', async () => {
  const { app, acme } = await start()
  const key = 'the-idempotency-key-of-a-caller'
  const secrets: string[] = [ADMIN_SECRET, acme.secret, key]
  for (const { path, body } of ROUTES) {
    const call = { path: path.replace('{id}', acme.id), body }
    const reply = await send(app, path.startsWith('/v1') ? bearer(acme) : ADMIN, call, key)
    const shown = (await reply.text()).match(/ares_[a-z0-9]{37}/)?.[0]
    if (shown) secrets.push(shown)
  }
  expect(secrets).toHaveLength(6)
  const path = databaseFile(app.config)
  await app.flushActivity()
  const files = [path, `${path}-wal`].filter(existsSync)
  expect(files).toHaveLength(2)
  for (const file of files) {
    const bytes = readFileSync(file)
    for (const secret of secrets) expect(bytes.includes(secret)).toBe(false)
  }
  const rows = await app.database.db.selectFrom('idempotency_keys').selectAll().execute()
  expect(rows).toHaveLength(ROUTES.length)
  // What stands in the file is found there: the search is no pretence.
  const all = Buffer.concat(files.map((file) => readFileSync(file)))
  for (const { id, answer } of rows) {
    expect(all.includes(id)).toBe(true)
    expect(all.includes(answer!.slice(0, 40))).toBe(true)
  }
})

test('browsers of other origins may send the header and read the mark', async () => {
  const app = await startApp({ server: '[server]\ncors_origins = ["*"]' })
  const headers = {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'idempotency-key',
  }
  const preflight = await app.fetch('/v1/chat', { method: 'OPTIONS', headers })
  expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key')
  const reply = await app.fetch('/health', { headers: { origin: 'https://app.example' } })
  expect(reply.headers.get('access-control-expose-headers')).toContain('Idempotent-Replayed')
})

/** Held to the same promise by the tests of their own. */
const MORE_ROUTES = [
  'post /v1/chat/completions',
  'post /v1/completions',
  'post /v1/responses',
  'post /v1/messages',
  'post /v1/embeddings',
  'post /v1beta/models/{model}:generateContent',
  'post /v1beta/models/{model}:embedContent',
  'post /v1beta/models/{model}:batchEmbedContents',
  'post /v1/api-keys/{id}/rotate',
  'post /api/admin/tenants/{id}/api-keys/{key_id}/rotate',
]

test('OpenAPI tells of the header on the routes that heed it, and on no other', async () => {
  const app = await startApp()
  const document = (await (await app.fetch('/swagger/json')).json()) as {
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>
  }
  const heeding = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { parameters }]) => parameters?.some(({ name }) => name === 'Idempotency-Key'))
      .map(([method]) => `${method} ${path.replace('{name}', 'risk')}`),
  )
  const expected = [...ROUTES.map(({ path }) => `post ${path}`), ...MORE_ROUTES]
  expect(heeding.toSorted()).toEqual(expected.toSorted())
})
