import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'
import { allRuns } from '../totals.ts'
import { expectError } from './expect-error.ts'

/** One endpoint, as a tenant asks for it rightly. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: unknown
}

function send(app: TestApp, { method, path, body }: Endpoint, headers: Record<string, string>) {
  return app.fetch(path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
}

function bearer({ secret }: TestTenant): Record<string, string> {
  return { authorization: `Bearer ${secret}` }
}

/** The refusals that every client route declares: 401, 403, 429, and 503 on the way out. */
export function testRefusals(endpoint: Endpoint): void {
  const asked = `${endpoint.method} ${endpoint.path}`

  test(`${asked} without a valid key is 401`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await app.tenant('gone')
    for (const headers of [
      {},
      { authorization: 'Bearer ares_wrong' },
      { authorization: `Bearer ${acme.secret}x` },
      { 'x-admin-secret': acme.secret },
    ] as Record<string, string>[]) {
      const reply = await send(app, endpoint, headers)
      await expectError(reply, 401, 'unauthorized')
      expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    }
    expect((await app.admin.delete(`/api/admin/tenants/${acme.id}`)).status).toBe(204)
    await expectError(await send(app, endpoint, bearer(acme)), 401, 'unauthorized')
    expect(await allRuns(app)).toHaveLength(0)
  })

  test(`${asked} of a suspended tenant is 403`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
    await expectError(await send(app, endpoint, bearer(acme)), 403, 'tenant_suspended')
    expect(await allRuns(app)).toHaveLength(0)
  })

  test(`${asked} over the rate limit is 429`, async () => {
    const app = await startApp({ config: '[tiers.free]\nrequests_per_minute = 1' })
    const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
    await acme.get('/v1/nothing')
    const reply = await send(app, endpoint, bearer(acme))
    await expectError(reply, 429, 'rate_limited')
    expect(reply.headers.get('retry-after')).toBe('60')
    expect(await allRuns(app)).toHaveLength(0)
  })

  test(`${asked} is 503 while the server shuts down`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    await app.server.shutDown(0)
    await expectError(await send(app, endpoint, bearer(acme)), 503, 'shutting_down')
  })
}

/** The refusals of a route that takes a body: 400, 413, 415, 422. Starts nothing. */
export function testBodyRefusals(endpoint: Endpoint, invalid: [string, unknown][]): void {
  const asked = `${endpoint.method} ${endpoint.path}`

  test(`${asked} with a body that is not JSON is 400 or 415, a large one 413`, async () => {
    const app = await startApp({ server: '[server]\nmax_body_bytes = 5000' })
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const withBody = (body: string, headers: Record<string, string> = {}) =>
      send(app, { ...endpoint, body }, { ...bearer(acme), ...headers })
    const good = JSON.stringify(endpoint.body)
    await expectError(await withBody('{'), 400, 'invalid_json')
    await expectError(await withBody(''), 400, 'invalid_json')
    const text = { 'content-type': 'text/plain' }
    await expectError(await withBody(good, text), 415, 'unsupported_media_type')
    await expectError(await withBody(' '.repeat(5001) + good), 413, 'body_too_large')
    expect(await allRuns(app)).toHaveLength(0)
  })

  test.each(invalid)(`${asked} with %s is 422 and says where`, async (_what, body) => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const reply = await expectError(await acme.post(endpoint.path, body), 422, 'invalid')
    expect(reply.details!.length).toBeGreaterThan(0)
    expect(await allRuns(app)).toHaveLength(0)
  })
}

/** Integers of the query as nobody may write them. */
export const BAD_PAGING = [
  'page=0',
  'page=-1',
  'page=1.0',
  'page=1e1',
  'page=0x1',
  'page=%201',
  'page=+1',
  'page=',
  'page=x',
  'page=1&page=2',
  'page=99999999999999999999',
  'per_page=0',
  'per_page=101',
  'per_page=-5',
  'per_page=5x',
  'per_page=1&per_page=1',
  'page=10001&per_page=1',
  'page=501',
  'page=101&per_page=100',
]

/** An answer without what differs from request to request. */
async function masked(reply: Response) {
  return {
    body: (await reply.text()).replace(/"request_id":"[^"]*"/, '"request_id":"…"'),
    headers: [...reply.headers.keys()].toSorted(),
  }
}

/** Two callers get the same answer, to the letter. */
export async function sameAnswer(first: Promise<Response>, second: Promise<Response>) {
  const [one, two] = [await first, await second]
  expect(one.status).toBe(two.status)
  expect(await masked(one)).toEqual(await masked(two))
}

/** Another process holds the write lock of the database, as a full disk would hold everybody up. */
export async function lockDatabase(app: TestApp): Promise<{ release(): void }> {
  const { rows } = await sql<{ file: string }>`select file from pragma_database_list`.execute(
    app.database.db,
  )
  const other = new Database(rows[0]!.file)
  other.exec('begin immediate')
  return {
    release() {
      other.exec('rollback')
      other.close()
    },
  }
}

/** Makes an agent with this configuration and answers its detail. */
export async function newAgent(
  app: TestApp,
  tenant: TestTenant,
  agent: { name: string; agent_type?: string; status?: string; config: Record<string, unknown> },
): Promise<{ id: string }> {
  const body = { agent_type: 'custom', ...agent }
  const reply = await app.admin.post(`/api/admin/tenants/${tenant.id}/agents`, body)
  if (reply.status !== 201) throw new Error(await reply.text())
  return (await reply.json()) as { id: string }
}

const MESSAGES = [{ role: 'user', content: 'Summarize Q1 revenue trends.' }]

export const GOOD_CHAT = { model: 'm-tools', messages: MESSAGES }

/** Chat requests that break one rule each; the stream takes the same. */
export const INVALID_CHATS: [string, unknown][] = [
  ['no messages', { model: 'm-tools' }],
  ['an empty conversation', { ...GOOD_CHAT, messages: [] }],
  ['1001 messages', { ...GOOD_CHAT, messages: Array(1001).fill(MESSAGES[0]) }],
  ['an unknown role', { ...GOOD_CHAT, messages: [{ role: 'tool', content: 'x' }] }],
  ['no content', { ...GOOD_CHAT, messages: [{ role: 'user' }] }],
  ['content that is no text', { ...GOOD_CHAT, messages: [{ role: 'user', content: [] }] }],
  ['null content', { ...GOOD_CHAT, messages: [{ role: 'user', content: null }] }],
  ['a message with more', { ...GOOD_CHAT, messages: [{ ...MESSAGES[0], name: 'x' }] }],
  ['an assistant’s last word', { ...GOOD_CHAT, messages: [{ role: 'assistant', content: 'x' }] }],
  ['neither model nor agent_type', { messages: MESSAGES }],
  ['an unknown model', { ...GOOD_CHAT, model: 'gpt-unknown' }],
  ['an empty model', { ...GOOD_CHAT, model: '' }],
  ['an empty agent_type', { ...GOOD_CHAT, agent_type: '' }],
  ['null as model', { ...GOOD_CHAT, model: null }],
  ['max_tokens 0', { ...GOOD_CHAT, max_tokens: 0 }],
  ['max_tokens above a million', { ...GOOD_CHAT, max_tokens: 1_000_001 }],
  ['fractional max_tokens', { ...GOOD_CHAT, max_tokens: 1.5 }],
  ['temperature above 2', { ...GOOD_CHAT, temperature: 2.1 }],
  ['temperature below 0', { ...GOOD_CHAT, temperature: -0.1 }],
  ['an unknown field', { ...GOOD_CHAT, stream: true }],
]
