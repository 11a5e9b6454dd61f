import { expect } from 'bun:test'
import { expectRefusal } from '../../expect-reply.ts'
import { ADMIN_SECRET, type TestApp } from '../../harness.ts'

/** A route of the Admin API with a request it takes. */
export interface Endpoint {
  method: string
  path: string
  body?: object
}

export interface Sent {
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | ReadableStream
}

/** Well-formed, and nobody's. */
export const UNKNOWN_ID = '01990000-0000-7000-8000-000000000000'

/** Parts of a path that no id has. */
export const IMPOSSIBLE_IDS = [
  'nobody',
  '0',
  '-1',
  'null',
  `${UNKNOWN_ID}0`,
  UNKNOWN_ID.replaceAll('-', ''),
  'A1990000-0000-7000-8000-000000000000',
  '%20',
  '%00',
  '%2F',
  "'%20or%20'1'='1",
  '%F0%9F%98%80',
  'a'.repeat(500),
]

/** Parts of a path that no name has. */
export const IMPOSSIBLE_NAMES = [
  'Risk',
  'risk_1',
  '-risk',
  'risk-',
  'ri--sk',
  '%20risk',
  'risk%0A',
  '%00',
  'ri%2Fsk',
  'r%C3%AFsk',
  'a'.repeat(64),
  "'%20or%20'1'='1",
]

/** Query texts that are no whole number from 1 to the highest, as they stand in a URL. */
export function badIntegers(highest: number): string[] {
  const texts = ['0', '-1', '1e1', '%2B5', '+5', '5.0', '%205', '5%20', '0x10', '', 'five', 'NaN']
  return [...texts, String(highest + 1), '1,000', '99999999999999999999', '%D9%A5', '5%00']
}

/** Sends with the admin secret. */
export function ask(app: TestApp, { method, path, body }: Endpoint, sent: Sent = {}) {
  const headers = { 'x-admin-secret': ADMIN_SECRET, 'content-type': 'application/json' }
  return app.fetch(path, {
    method,
    headers: { ...headers, ...sent.headers },
    ...((sent.body ?? body) && { body: sent.body ?? JSON.stringify(body) }),
  })
}

/** The statuses of requests that were sent at once, the lowest first. */
export function statusesOf(replies: Response[]): number[] {
  return replies.map(({ status }) => status).toSorted((a, b) => a - b)
}

/** How many rows each table has, apart from the entries that refused strangers leave. */
export async function tableCounts(app: TestApp): Promise<Record<string, number>> {
  // Counted calls are written a little later.
  await app.flushActivity()
  const { db } = app.database
  const tables = [
    'tenants',
    'api_keys',
    'agents',
    'agent_stats',
    'runs',
    'run_contents',
    'tenant_months',
    'key_months',
    'usage_daily',
    'api_calls_daily',
    'alerts',
  ] as const
  const counts: Record<string, number> = {}
  for (const table of tables) {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('rows'))
      .executeTakeFirstOrThrow()
    counts[table] = row.rows
  }
  counts['audit_log'] = (await auditEntries(app)).length
  return counts
}

/** Audit entries as they are kept, oldest first, without those of refused strangers. */
export async function auditEntries(app: TestApp) {
  const rows = await app.database.db
    .selectFrom('audit_log')
    .select(['action', 'actor', 'details', 'timestamp'])
    .where('action', '!=', 'admin.auth_failed')
    .orderBy('seq')
    .execute()
  return rows.map(({ details, ...row }) => ({
    ...row,
    details: JSON.parse(details) as Record<string, unknown>,
  }))
}

/** 401 for everyone but the operator, with a good body and with any bad one, and nothing changes. */
export async function expectStrangersRefused(app: TestApp, endpoint: Endpoint): Promise<void> {
  const before = await tableCounts(app)
  const tenant = await app.tenant(`stranger-${crypto.randomUUID()}`)
  const withTenant = await tableCounts(app)
  const credentials: Record<string, string>[] = [
    {},
    { 'x-admin-secret': '' },
    { 'x-admin-secret': 'wrong' },
    { 'x-admin-secret': ADMIN_SECRET.toUpperCase() },
    { 'x-admin-secret': `${ADMIN_SECRET}x` },
    { 'x-admin-secret': ADMIN_SECRET.slice(0, -1) },
    { 'x-admin-secret': tenant.secret },
    { authorization: `Bearer ${tenant.secret}` },
    { authorization: `Bearer ${ADMIN_SECRET}` },
    { authorization: `Bearer ${tenant.secret}`, 'x-admin-secret': tenant.secret },
  ]
  const hasBody = endpoint.body !== undefined
  const bodies = hasBody ? [JSON.stringify(endpoint.body), '{', '{"surprise":1}'] : [undefined]
  for (const [index, headers] of credentials.entries()) {
    for (const body of bodies) {
      const reply = await app.fetch(endpoint.path, {
        method: endpoint.method,
        // So many from one place would have to wait.
        address: `198.51.100.${index}`,
        headers: { ...headers, 'content-type': 'application/json' },
        ...(body !== undefined && { body }),
      })
      const { error } = await expectRefusal(reply, 401, 'unauthorized')
      // What follows depends on form and place alone, which `unauthorized.test.ts` holds.
      expect(error).toMatch(/^The admin secret is missing or wrong\.( |$)/)
    }
  }
  expect(await tableCounts(app)).toEqual(withTenant)
  await app.admin.delete(`/api/admin/tenants/${tenant.id}`)
  expect((await tableCounts(app))['agents']).toBe(before['agents'])
}

/** 400, 413 and 415 for bodies that cannot be read, 422 for what is no object or has a field too many; nothing changes. */
export async function expectBodiesRefused(app: TestApp, endpoint: Endpoint): Promise<void> {
  const before = await tableCounts(app)
  const good = JSON.stringify(endpoint.body)
  for (const body of ['{', `${good}}`, good.slice(0, -1), "{'a': 1}", '{"a": NaN}', '{"a":1,}']) {
    await expectRefusal(await ask(app, endpoint, { body }), 400, 'invalid_json')
  }
  const broken = new Uint8Array([...Buffer.from('{"name":"a'), 0xc3, 0x28, ...Buffer.from('"}')])
  await expectRefusal(await ask(app, endpoint, { body: broken }), 400, 'invalid_json')
  await expectRefusal(await ask(app, { ...endpoint, body: undefined! }), 400, 'invalid_json')

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp']) {
    const headers = { 'content-type': type }
    await expectRefusal(await ask(app, endpoint, { headers }), 415, 'unsupported_media_type')
  }
  const gzip = { 'content-encoding': 'gzip' }
  await expectRefusal(await ask(app, endpoint, { headers: gzip }), 415, 'unsupported_media_type')

  await expectTooLargeRefused(app, endpoint)

  for (const body of ['[]', 'null', '"text"', '5', 'true']) {
    await expectRefusal(await ask(app, endpoint, { body }), 422, 'invalid')
  }
  const more = { ...endpoint.body, surprise: true }
  const reply = await ask(app, { ...endpoint, body: more })
  await expectRefusal(reply, 422, 'invalid', '/surprise')
  expect(await tableCounts(app)).toEqual(before)
}

/** 413 by the announced length and by what really comes. */
async function expectTooLargeRefused(app: TestApp, endpoint: Endpoint): Promise<void> {
  const padded = `${JSON.stringify(endpoint.body)}${' '.repeat(1_048_576)}`
  const headers = { 'content-length': String(padded.length) }
  await expectRefusal(await ask(app, endpoint, { headers, body: padded }), 413, 'body_too_large')
  const stream = new Blob([padded]).stream()
  await expectRefusal(await ask(app, endpoint, { body: stream }), 413, 'body_too_large')
}

/** 422 at the field for each of these values, and nothing changes. */
export async function expectFieldRefused(
  app: TestApp,
  endpoint: Endpoint,
  field: string,
  values: unknown[],
): Promise<void> {
  const before = await tableCounts(app)
  for (const value of values) {
    const body = withField(endpoint.body!, field.split('/'), value)
    await expectRefusal(await ask(app, { ...endpoint, body }), 422, 'invalid', `/${field}`)
  }
  expect(await tableCounts(app)).toEqual(before)
}

function withField(body: object, [name, ...rest]: string[], value: unknown): object {
  const inner = (body as Record<string, object>)[name!] ?? {}
  return { ...body, [name!]: rest.length > 0 ? withField(inner, rest, value) : value }
}

/** 404 with one and the same sentence for all of these, which it does not repeat. */
export async function expectNotThere(
  app: TestApp,
  endpoints: Endpoint[],
  sentence: string,
): Promise<void> {
  for (const endpoint of endpoints) {
    const { error } = await expectRefusal(await ask(app, endpoint), 404, 'not_found')
    expect(error).toBe(sentence)
  }
}

/** The same request under tenants that cannot exist, do not exist and are deleted. */
export async function expectTenantsNotThere(
  app: TestApp,
  endpointOf: (tenantId: string) => Endpoint,
): Promise<void> {
  const gone = await app.tenant(`gone-${crypto.randomUUID()}`, { agents: ['risk'] })
  await app.admin.delete(`/api/admin/tenants/${gone.id}`)
  const ids = [UNKNOWN_ID, gone.id, ...IMPOSSIBLE_IDS]
  await expectNotThere(app, ids.map(endpointOf), 'There is no such tenant.')
}

/** 405 for every other method, with the methods there are. */
export async function expectMethodsRefused(
  app: TestApp,
  path: string,
  allow: string,
): Promise<void> {
  const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].filter(
    (method) => !allow.split(', ').includes(method),
  )
  for (const method of others) {
    const reply = await ask(app, { method, path })
    expect(reply.headers.get('allow')).toBe(allow)
    await expectRefusal(reply, 405, 'method_not_allowed')
  }
}

/** 422 for a whole number of the query that is out of range, written otherwise, or given twice. */
export async function expectIntegersRefused(
  app: TestApp,
  path: string,
  name: string,
  highest: number,
): Promise<void> {
  const queries = badIntegers(highest).map((text) => `${name}=${text}`)
  for (const query of [...queries, `${name}=5&${name}=5`, `${name}=5&${name}=`]) {
    const reply = await ask(app, { method: 'GET', path: `${path}?${query}` })
    await expectRefusal(reply, 422, 'invalid', `/${name}`)
  }
  for (const text of ['1', '5', String(highest)]) {
    const reply = await app.admin.get(`${path}?${name}=${text}`)
    expect(reply.status).toBe(200)
    // A long answer that nobody reads keeps its place.
    await reply.body?.cancel()
  }
}

/** GET without its body. */
export async function expectHeadMatches(app: TestApp, path: string): Promise<void> {
  const get = await app.admin.get(path)
  const head = await ask(app, { method: 'HEAD', path })
  expect(head.status).toBe(get.status)
  expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  expect(await head.text()).toBe('')
}
