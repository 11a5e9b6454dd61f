import { expect, test } from 'bun:test'
import { cpuMsOf } from '../cpu-time.ts'
import { ADMIN_SECRET, startApp, type TestApp, type TestTenant } from '../harness.ts'
import { answer } from '../scripted-replies.ts'
import { listen, RawClient, rawReply } from './real-socket.ts'
import { allRuns } from './totals.ts'

const ADMIN = `X-Admin-Secret: ${ADMIN_SECRET}`
const JSON_TYPE = 'Content-Type: application/json'

async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  const { port } = listen(app)
  const acme = await app.tenant('acme', { agents: ['risk'] })
  return { app, port, acme, key: `Authorization: Bearer ${acme.secret}` }
}

interface Raw {
  method?: string
  target: string
  /** Header lines; without a `Host` among them, `Host: localhost` comes first. */
  headers?: string[]
  noHost?: true
  version?: string
  body?: string | Uint8Array
}

/** The bytes of a request, as given. */
function bytesOf({ method = 'GET', target, headers = [], noHost, version = '1.1', body }: Raw) {
  const host = noHost || headers.some((line) => /^host/i.test(line)) ? [] : ['Host: localhost']
  const framed = headers.some((line) => /^(content-length|transfer-encoding):/i.test(line))
  const length = body === undefined || framed ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]
  const lines = [`${method} ${target} HTTP/${version}`, ...host, ...headers, ...length, '', '']
  return Buffer.concat([
    Buffer.from(lines.join('\r\n'), 'latin1'),
    Buffer.from((body as string) ?? ''),
  ])
}

function ask(port: number, raw: Raw) {
  return rawReply(port, bytesOf(raw))
}

/** The answer, which must be there. */
async function asked(port: number, raw: Raw) {
  const reply = await ask(port, raw)
  if (!reply) throw new Error('no answer')
  return reply
}

function errorOf(body: string): { error: string; code: string; request_id: string } {
  return JSON.parse(body) as ReturnType<typeof errorOf>
}

// ---------------------------------------------------------------------------------------------- Host

const BAD_HOSTS: [string, Raw][] = [
  ['no Host', { target: '/health', noHost: true, version: '1.0' }],
  ['an empty Host', { target: '/health', headers: ['Host:'] }],
  ['a Host with a path', { target: '/health', headers: ['Host: a/b'] }],
  ['a Host with a query', { target: '/health', headers: ['Host: a?b'] }],
  ['a Host with a user', { target: '/health', headers: ['Host: user@a'] }],
  ['a Host with a blank', { target: '/health', headers: ['Host: a b'] }],
  ['a Host with a comma', { target: '/health', headers: ['Host: a,b'] }],
  ['a Host that is a URL', { target: '/health', headers: ['Host: http://a'] }],
  ['a Host with an endless port', { target: '/health', headers: ['Host: a:123456'] }],
]

test.each(BAD_HOSTS)('%s is 400 with a JSON body', async (_what, raw) => {
  const { port, key } = await start()
  for (const target of ['/health', '/api/admin/tenants', '/v1/agents']) {
    for (const credentials of [[], [ADMIN], [key]]) {
      const headers = [...(raw.headers ?? []), ...credentials]
      const reply = await asked(port, { ...raw, target, headers })
      expect(reply.status).toBe(400)
      expect(errorOf(reply.body).code).toBe('bad_request')
    }
  }
})

test('two Host headers are never served', async () => {
  const { port } = await start()
  const reply = await ask(port, {
    target: '/api/admin/tenants',
    headers: ['Host: localhost', 'Host: a', ADMIN],
  })
  expect(reply?.status ?? 400).toBe(400)
})

test('HTTP/1.1 without a Host is never served', async () => {
  const { port } = await start()
  const reply = await ask(port, { target: '/health', noHost: true })
  expect(reply?.status ?? 400).toBe(400)
})

test.each([
  'a',
  'a:1',
  'nas',
  'nas:3000',
  '[::1]',
  '[::1]:80',
  'localhost:3000',
  'ARES.example.com',
  'x.y',
])('Host %s routes as any other and never past the credentials', async (host) => {
  const { port, key } = await start()
  const at = (target: string, ...headers: string[]) =>
    asked(port, { target, headers: [`Host: ${host}`, ...headers] })
  expect((await at('/health')).status).toBe(200)
  expect((await at('/v1/agents', key)).status).toBe(200)
  expect((await at('/api/admin/tenants', ADMIN)).status).toBe(200)
  expect((await at('/v1/agents')).status).toBe(401)
  expect((await at('/api/admin/tenants')).status).toBe(401)
  // Where a router looks behind a fixed offset, these would be /api/admin and /v1.
  for (const padding of ['/x/', '/xx/', '/xxxxxxxx/', '/xxxxxxxxxxx/', '/']) {
    for (const path of ['api/admin/tenants', 'v1/agents', '/api/admin/tenants']) {
      const reply = await at(`${padding}${path}`)
      expect([401, 404]).toContain(reply.status)
    }
  }
  const posted = await asked(port, {
    method: 'POST',
    target: '/v1/agents/risk/run',
    headers: [`Host: ${host}`, key, JSON_TYPE],
    body: '{"input":{"message":"x"}}',
  })
  expect(posted.status).toBe(200)
})

// ---------------------------------------------------------------------------------------------- paths

const ADMIN_PATH = '/api/admin/tenants'
const SPELLINGS: string[] = ['/api/admin/tenants', '/v1/agents'].flatMap((path) => {
  const [first, ...rest] = path.slice(1).split('/')
  const encodedLetter = `/%${first!.charCodeAt(0).toString(16)}${first!.slice(1)}/${rest.join('/')}`
  return [
    path,
    `${path}/`,
    `${path}//`,
    `/${path}`,
    `//${path}`,
    path.replaceAll('/', '//'),
    `/x/..${path}`,
    `/.${path}`,
    `/health/..${path}`,
    `/swagger/..${path}`,
    `/%2e%2e${path}`,
    `/x/%2e%2e${path}`,
    path.replace('/', '/./'),
    path.replace('/admin', '/../api/admin'),
    `${path}/../${path.split('/').at(-1)}`,
    encodedLetter,
    path.replaceAll('/', '%2f'),
    `/${path.slice(1).replaceAll('/', '%2F')}`,
    path.replaceAll('/', '\\'),
    path.toUpperCase(),
    path.replace('a', 'A'),
    `${path};x=1`,
    `${path}#/health`,
    `${path}?x=/health`,
    `${path}%00`,
    `${path}%20`,
    `${path}.json`,
    `http://localhost${path}`,
    `http://health${path}`,
    `http://localhost/..${path}`,
    `http:${path}`,
    `//localhost${path}`,
    `*${path}`,
    `/health?${path}`,
    `/health;${path}`,
    `/health${path}`,
    `/swagger${path}`,
    `/%ff${path}`,
    `${path}%ff`,
    `${path}/%c0%af`,
  ]
})

test('no spelling of a path gets past the credentials', async () => {
  const { app, port } = await start()
  const secrets = 'acme'
  for (const method of ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS']) {
    for (const target of SPELLINGS) {
      for (const version of ['1.1', '1.0']) {
        const reply = await ask(port, { method, target, version })
        // `/health?…` is asked for rightly; whatever else is no success.
        if (target.startsWith('/health?')) continue
        const status = reply?.status ?? 400
        expect(`${method} ${target}: ${status}`).toMatch(/: (301|400|401|404|405)$/)
        expect(reply?.body ?? '').not.toContain(secrets)
      }
    }
  }
  expect(app.provider.requests).toHaveLength(0)
}, 20_000)

test('other ways to name a method or a path are not heard', async () => {
  const { port } = await start()
  const tricks = [
    'X-HTTP-Method-Override: GET',
    'X-Original-URL: /health',
    'X-Rewrite-URL: /health',
    'X-Forwarded-Host: a',
    'X-Forwarded-Prefix: /health',
    'Forwarded: host=a',
  ]
  for (const trick of tricks) {
    const reply = await asked(port, { target: ADMIN_PATH, headers: [trick] })
    expect(reply.status).toBe(401)
  }
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'FOO', 'get']) {
    const status = (await ask(port, { method, target: ADMIN_PATH }))?.status ?? 400
    expect([400, 401, 404, 405, 501]).toContain(status)
  }
})

test('one trailing slash is ignored, two are not', async () => {
  const { port, key } = await start()
  const status = async (target: string) => (await asked(port, { target, headers: [key] })).status
  expect(await status('/v1/agents/')).toBe(200)
  expect(await status('/v1/agents/risk/')).toBe(200)
  expect(await status('/v1/agents/?page=1')).toBe(200)
  expect(await status('/health/')).toBe(200)
  expect(await status('/v1/agents//')).toBe(404)
})

test('an absolute URI is served as its path', async () => {
  const { port, key } = await start()
  const reply = await asked(port, { target: 'http://localhost/v1/agents', headers: [key] })
  expect(reply.status).toBe(200)
})

test('HTTP/1.0 with a Host is served', async () => {
  const { port, key } = await start()
  const reply = await asked(port, { target: '/v1/agents', version: '1.0', headers: [key] })
  expect(reply.status).toBe(200)
})

test.each([
  '/%ff',
  '/v1/agents/%ff',
  '/v1/agents/%',
  '/v1/agents/%zz',
  '/v1/agents/%c0%af',
  '/v1/agents/%ed%a0%80',
])('the path %s is not valid and 400, credentials or not', async (target) => {
  const { port, key } = await start()
  for (const headers of [[], [key], [ADMIN]]) {
    const reply = await asked(port, { target, headers })
    expect(reply.status).toBe(400)
    expect(errorOf(reply.body).code).toBe('bad_request')
  }
})

test.each([
  '%00',
  'risk%00',
  'a%2fb',
  '..%2f..%2fetc',
  'Risk',
  'r%69sk%20',
  '-risk',
  'a--b',
  'é',
  '%F0%9F%98%80',
  'a'.repeat(64),
  '*',
  "'",
  '%27%20or%201%3D1',
  'risk.',
  'constructor',
  '__proto__',
])('the name %s cannot exist: the same 404 as for one that does not', async (name) => {
  const { port, key } = await start()
  const at = async (part: string) => {
    const reply = await asked(port, {
      target: `/v1/agents/${part}`,
      headers: [key, 'X-Request-Id: same'],
    })
    return [reply.status, reply.body] as const
  }
  const [status, body] = await at('does-not-exist')
  expect(status).toBe(404)
  expect(await at(name)).toEqual([status, body])
})

test('a percent-encoded letter in a name is that letter', async () => {
  const { port, key } = await start()
  const reply = await asked(port, { target: '/v1/agents/r%69sk', headers: [key] })
  expect(reply.status).toBe(200)
})

test.each([
  'not-an-id',
  '00000000-0000-0000-0000-000000000000',
  '%00',
  '1',
  "' or 1=1 --".replaceAll(' ', '%20'),
])('the id %s is 404 everywhere', async (id) => {
  const { port, key } = await start()
  const targets: [string, string, string][] = [
    ['DELETE', `/v1/api-keys/${id}`, key],
    ['GET', `/api/admin/tenants/${id}`, ADMIN],
    ['GET', `/api/admin/tenants/${id}/usage`, ADMIN],
    ['DELETE', `/api/admin/tenants/${id}`, ADMIN],
    ['POST', `/api/admin/alerts/${id}/resolve`, ADMIN],
  ]
  for (const [method, target, credential] of targets) {
    const reply = await asked(port, { method, target, headers: [credential] })
    expect(`${method} ${target} ${reply.status}`).toBe(`${method} ${target} 404`)
  }
})

// ---------------------------------------------------------------------------------------------- order

interface Scene {
  app: TestApp
  port: number
  key: string
  acme: TestTenant
}

const RUN = { method: 'POST', target: '/v1/agents/risk/run' }
const GOOD_RUN = '{"input":{"message":"x"}}'
const SUSPENDED = async ({ app, acme }: Scene) => {
  await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
}
const RATE_SPENT = async ({ acme }: Scene) => {
  for (;;) if ((await acme.get('/v1/agents')).status === 429) return
}
const QUOTA_SPENT = async ({ acme }: Scene) => {
  for (;;) if ((await acme.run('risk')).status === 429) return
}
const PAUSED = async ({ app, acme }: Scene) => {
  await app.admin.put(`/api/admin/tenants/${acme.id}/agents/risk`, { status: 'paused' })
}

/** Each request commits the mistake it names and every later one that it can. */
const ORDER: [
  string,
  number,
  string,
  (scene: Scene) => Raw,
  ((scene: Scene) => Promise<void>)[]?,
][] = [
  [
    'Host before size',
    400,
    'bad_request',
    () => ({ ...RUN, headers: ['Host: a/b', 'Content-Length: 99999999'] }),
  ],
  [
    'path before size',
    400,
    'bad_request',
    () => ({ method: 'POST', target: '/v1/%ff', headers: ['Content-Length: 99999999'] }),
  ],
  [
    'size before credential',
    413,
    'body_too_large',
    () => ({ ...RUN, headers: ['Content-Length: 99999999'] }),
  ],
  [
    'credential before route and body',
    401,
    'unauthorized',
    () => ({ method: 'POST', target: '/v1/nothing', body: '{' }),
  ],
  [
    'suspension before rate, route and body',
    403,
    'tenant_suspended',
    ({ key }) => ({ method: 'POST', target: '/v1/nothing', headers: [key], body: '{' }),
    [RATE_SPENT, SUSPENDED],
  ],
  [
    'rate before route',
    429,
    'rate_limited',
    ({ key }) => ({ method: 'POST', target: '/v1/nothing', headers: [key], body: '{' }),
    [RATE_SPENT],
  ],
  [
    'unknown route before body',
    404,
    'not_found',
    ({ key }) => ({ method: 'POST', target: '/v1/nothing', headers: [key], body: '{' }),
  ],
  [
    'wrong method before body',
    405,
    'method_not_allowed',
    ({ key }) => ({ method: 'PUT', target: '/v1/chat', headers: [key], body: '{' }),
  ],
  [
    'media type before JSON',
    415,
    'unsupported_media_type',
    ({ key }) => ({
      method: 'POST',
      target: '/v1/agents/nobody/run',
      headers: [key, 'Content-Type: text/plain'],
      body: '{',
    }),
    [QUOTA_SPENT],
  ],
  [
    'malformed JSON before the agent',
    400,
    'invalid_json',
    ({ key }) => ({
      method: 'POST',
      target: '/v1/agents/nobody/run',
      headers: [key, JSON_TYPE],
      body: '{',
    }),
    [QUOTA_SPENT],
  ],
  [
    'invalid body before the agent',
    422,
    'invalid',
    ({ key }) => ({
      method: 'POST',
      target: '/v1/agents/nobody/run',
      headers: [key, JSON_TYPE],
      body: '{}',
    }),
    [QUOTA_SPENT],
  ],
  [
    'agent before quota',
    404,
    'not_found',
    ({ key }) => ({
      method: 'POST',
      target: '/v1/agents/nobody/run',
      headers: [key, JSON_TYPE],
      body: GOOD_RUN,
    }),
    [QUOTA_SPENT],
  ],
  [
    'state before quota',
    409,
    'agent_paused',
    ({ key }) => ({ ...RUN, headers: [key, JSON_TYPE], body: GOOD_RUN }),
    [QUOTA_SPENT, PAUSED],
  ],
  [
    'quota last',
    429,
    'quota_runs_exceeded',
    ({ key }) => ({ ...RUN, headers: [key, JSON_TYPE], body: GOOD_RUN }),
    [QUOTA_SPENT],
  ],
]

test.each(ORDER)('order of refusals: %s', async (_what, status, code, request, before = []) => {
  const app = await startApp({
    config: '[tiers.free]\nruns_per_month = 2\nrequests_per_minute = 20',
  })
  const { port } = listen(app)
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const scene = { app, port, acme, key: `Authorization: Bearer ${acme.secret}` }
  for (const step of before) await step(scene)
  const reply = await asked(port, request(scene))
  expect([reply.status, errorOf(reply.body).code]).toEqual([status, code])
})

// ---------------------------------------------------------------------------------------------- credentials

const UNKNOWN: [string, string][] = [
  ['GET', '/v1'],
  ['GET', '/v1/'],
  ['GET', '/v1/nothing'],
  ['POST', '/v1/agents/risk/nothing'],
  ['GET', '/v1/agents/risk/run/x'],
  ['DELETE', '/v1/agents'],
  ['PUT', '/v1/chat'],
  ['OPTIONS', '/v1/chat'],
  ['FOO', '/v1/chat'],
]

test('unknown paths and methods say nothing without a key, 404 and 405 with one', async () => {
  const { port, key } = await start()
  for (const [method, target] of UNKNOWN) {
    const stranger = await ask(port, { method, target })
    expect([400, 401]).toContain(stranger?.status ?? 400)
    if (method === 'FOO') continue
    expect(stranger!.headers.get('www-authenticate')).toBe('Bearer')
    const known = await asked(port, { method, target, headers: [key] })
    const expected = ['DELETE', 'PUT', 'OPTIONS'].includes(method) ? 405 : 404
    expect(`${method} ${target} ${known.status}`).toBe(`${method} ${target} ${expected}`)
  }
})

test('405 lists the methods that there are', async () => {
  const { port, key } = await start()
  const allowed = async (method: string, target: string, credential: string) => {
    const reply = await asked(port, { method, target, headers: [credential] })
    expect(reply.status).toBe(405)
    return reply.headers.get('allow')
  }
  expect(await allowed('DELETE', '/v1/agents', key)).toBe('GET, HEAD')
  expect(await allowed('GET', '/v1/chat', key)).toBe('POST')
  expect(await allowed('GET', '/v1/chat/stream', key)).toBe('POST')
  expect(await allowed('GET', '/v1/agents/risk/run', key)).toBe('POST')
  expect(await allowed('PATCH', '/v1/api-keys', key)).toBe('GET, HEAD, POST')
  expect(await allowed('POST', '/api/admin/tenants/x', ADMIN)).toBe('DELETE, GET, HEAD, PATCH')
  for (const open of ['/health', '/', '/swagger', '/swagger/json']) {
    expect(await allowed('POST', open, key)).toBe('GET, HEAD')
  }
  // HEAD goes where GET goes, and only there.
  expect(await allowed('HEAD', '/v1/chat', key)).toBe('POST')
})

test('under /api/admin unknown paths and methods are 401 without the secret', async () => {
  const { port } = await start()
  for (const target of ['/api/admin', '/api/admin/nothing', '/api/admin/tenants/x/y/z']) {
    for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) {
      expect((await asked(port, { method, target })).status).toBe(401)
    }
    expect((await asked(port, { target, headers: [ADMIN] })).status).toBe(404)
  }
  const reply = await asked(port, { method: 'PUT', target: '/api/admin/stats', headers: [ADMIN] })
  expect(reply.status).toBe(405)
})

test('a credential of the wrong kind, doubled or misplaced never works', async () => {
  const { port, acme, key } = await start()
  const { secret } = acme
  const basic = Buffer.from(`${secret}:`).toString('base64')
  const forAdmin: Raw[] = [
    { target: ADMIN_PATH, headers: [key] },
    { target: ADMIN_PATH, headers: [`Authorization: Bearer ${ADMIN_SECRET}`] },
    { target: ADMIN_PATH, headers: [`X-Admin-Secret: ${secret}`] },
    { target: ADMIN_PATH, headers: [ADMIN, ADMIN] },
    { target: ADMIN_PATH, headers: [ADMIN, 'X-Admin-Secret: wrong'] },
    { target: ADMIN_PATH, headers: ['X-Admin-Secret: wrong', ADMIN] },
    { target: ADMIN_PATH, headers: ['X-Admin-Secret:'] },
    { target: ADMIN_PATH, headers: [`X-Admin-Secret: ${ADMIN_SECRET}x`] },
    { target: ADMIN_PATH, headers: [`X-Admin-Secret: ${ADMIN_SECRET.slice(0, -1)}`] },
    { target: ADMIN_PATH, headers: [`X-Admin-Secret: ${ADMIN_SECRET.toUpperCase()}`] },
    { target: `${ADMIN_PATH}?x-admin-secret=${ADMIN_SECRET}` },
    { target: ADMIN_PATH, headers: [`Cookie: x-admin-secret=${ADMIN_SECRET}`] },
  ]
  const forTenant: Raw[] = [
    { target: '/v1/agents', headers: [ADMIN] },
    { target: '/v1/agents', headers: [`Authorization: Bearer ${ADMIN_SECRET}`] },
    { target: '/v1/agents', headers: [key, key] },
    { target: '/v1/agents', headers: [key, 'Authorization: Bearer x'] },
    { target: '/v1/agents', headers: ['Authorization: Bearer x', key] },
    { target: '/v1/agents', headers: [`Authorization: ${secret}`] },
    { target: '/v1/agents', headers: [`Authorization: Basic ${basic}`] },
    { target: '/v1/agents', headers: [`Authorization: Token ${secret}`] },
    { target: '/v1/agents', headers: [`Authorization: Bearer  ${secret}x`] },
    { target: '/v1/agents', headers: [`Authorization: Bearer ${secret.toUpperCase()}`] },
    { target: '/v1/agents', headers: [`Authorization: Bearer ${secret},`] },
    { target: '/v1/agents', headers: [`Authorization: Bearer ${secret.slice(0, -1)}`] },
    { target: '/v1/agents', headers: ['Authorization: Bearer'] },
    { target: '/v1/agents', headers: [`X-Api-Key: ${secret}`] },
    { target: `/v1/agents?api_key=${secret}` },
    { target: `/v1/agents?authorization=Bearer%20${secret}` },
    { target: '/v1/agents', headers: [`Cookie: authorization=Bearer ${secret}`] },
    { target: '/v1/agents', headers: [`Authorization: Bearer ares_${'a'.repeat(37)}`] },
    ...[
      "' OR '1'='1",
      "';DROP TABLE api_keys;--",
      '%',
      '*',
      '_'.repeat(42),
      'ares_%',
      'x'.repeat(8000),
    ].map((value) => ({ target: '/v1/agents', headers: [`Authorization: Bearer ${value}`] })),
  ]
  /** The same with other secrets of the same form, which are nobody's. */
  const withWrong = (raw: Raw): Raw => {
    const text = JSON.stringify(raw).replaceAll(secret, `ares_${'b'.repeat(37)}`)
    return JSON.parse(text.replaceAll(ADMIN_SECRET, 'x'.repeat(ADMIN_SECRET.length))) as Raw
  }
  const ask = (raw: Raw) =>
    asked(port, { ...raw, headers: [...(raw.headers ?? []), 'X-Request-Id: r'] })
  for (const raw of forTenant) {
    const reply = await ask(raw)
    expect(`${JSON.stringify(raw)} ${reply.status}`).toBe(`${JSON.stringify(raw)} 401`)
    expect(reply.headers.get('www-authenticate')).toBe('Bearer')
    // What is said depends on form and place alone, never on whether the value is right.
    expect(reply.body).toContain('The API key is missing or not valid.')
    expect((await ask(withWrong(raw))).body).toBe(reply.body)
  }
  for (const raw of forAdmin) {
    const reply = await asked(port, raw)
    expect(`${JSON.stringify(raw)} ${reply.status}`).toBe(`${JSON.stringify(raw)} 401`)
  }
  // `Bearer` is a word in any case (RFC 9110).
  const lower = { target: '/v1/agents', headers: [`authorization: bearer ${secret}`] }
  expect((await asked(port, lower)).status).toBe(200)
})

test('both credentials together open only what each opens', async () => {
  const { port, key } = await start()
  expect((await asked(port, { target: '/v1/agents', headers: [key, ADMIN] })).status).toBe(200)
  expect((await asked(port, { target: ADMIN_PATH, headers: [key, ADMIN] })).status).toBe(200)
  expect(
    (await asked(port, { target: ADMIN_PATH, headers: [key, 'X-Admin-Secret: x'] })).status,
  ).toBe(401)
})

test('a body is not read for a stranger', async () => {
  const { port } = await start()
  // The length is announced, the body never comes; the answer does.
  const reply = await asked(port, { ...RUN, headers: [JSON_TYPE, 'Content-Length: 1000'] })
  expect(reply.status).toBe(401)
})

test('a suspended tenant gets 403 everywhere under /v1, and its key works again afterwards', async () => {
  const { app, port, key, acme } = await start()
  await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
  for (const [method, target] of [
    ['GET', '/v1/agents'],
    ['GET', '/v1/nothing'],
    ['POST', '/v1/chat'],
    ['DELETE', '/v1/api-keys/x'],
  ] as const) {
    const reply = await asked(port, { method, target, headers: [key] })
    expect([reply.status, errorOf(reply.body).code]).toEqual([403, 'tenant_suspended'])
  }
  await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'active' })
  expect((await asked(port, { target: '/v1/agents', headers: [key] })).status).toBe(200)
})

test('what is open is open', async () => {
  const { port } = await start()
  for (const target of ['/health', '/ready', '/swagger', '/swagger/json']) {
    expect((await asked(port, { target })).status).toBe(200)
  }
  expect(JSON.parse((await asked(port, { target: '/health' })).body)).toEqual({
    status: 'ok',
    version: '0.0.0-test',
  })
  expect((await asked(port, { target: '/nothing' })).status).toBe(404)
  expect((await asked(port, { target: '/v1x/agents' })).status).toBe(404)
  expect((await asked(port, { target: '/api/administrators' })).status).toBe(404)
})

// ---------------------------------------------------------------------------------------------- HEAD, CORS, ids

test('HEAD is GET without the body', async () => {
  const { port, key } = await start()
  for (const [target, ...headers] of [
    ['/health'],
    ['/v1/agents', key],
    ['/v1/agents/risk', key],
    ['/v1/agents/nobody', key],
    ['/v1/agents/risk/runs', key],
    ['/v1/usage', key],
    ['/v1/agents'],
    [ADMIN_PATH, ADMIN],
  ] as [string, ...string[]][]) {
    const all = [...headers, 'X-Request-Id: same']
    const get = await asked(port, { target, headers: all })
    const once = [...all, 'Connection: close']
    const client = await RawClient.send(port, bytesOf({ method: 'HEAD', target, headers: once }))
    const text = await client.until(() => client.closed)
    expect(text).toStartWith(`HTTP/1.1 ${get.status} `)
    expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe('')
    expect(client.text).toEndWith('\r\n\r\n')
    expect(text.toLowerCase()).toContain(
      `content-type: ${get.headers.get('content-type')}`.toLowerCase(),
    )
  }
})

const PREFLIGHT = [
  'Access-Control-Request-Method: POST',
  'Access-Control-Request-Headers: authorization',
]

test('a preflight of an allowed origin is answered before credentials', async () => {
  const { port } = await start({ server: '[server]\ncors_origins = ["https://app.example"]' })
  for (const target of ['/v1/chat', '/api/admin/tenants', '/v1/nothing']) {
    const reply = await asked(port, {
      method: 'OPTIONS',
      target,
      headers: ['Origin: https://app.example', ...PREFLIGHT],
    })
    expect(reply.status).toBe(204)
    expect(reply.body).toBe('')
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(reply.headers.get('access-control-allow-methods')).toContain('DELETE')
    expect(reply.headers.get('access-control-allow-headers')).toMatch(/authorization/i)
    expect(reply.headers.get('vary')).toMatch(/origin/i)
  }
})

test.each([
  'https://evil.example',
  'https://app.example.evil.com',
  'http://app.example',
  'null',
  'https://APP.example',
])('the origin %s is not allowed', async (origin) => {
  const { port, key } = await start({ server: '[server]\ncors_origins = ["https://app.example"]' })
  const preflight = await asked(port, {
    method: 'OPTIONS',
    target: '/v1/chat',
    headers: [`Origin: ${origin}`, ...PREFLIGHT],
  })
  expect(preflight.status).toBe(401)
  expect(preflight.headers.has('access-control-allow-origin')).toBe(false)
  const reply = await asked(port, { target: '/v1/agents', headers: [`Origin: ${origin}`, key] })
  expect(reply.status).toBe(200)
  expect(reply.headers.has('access-control-allow-origin')).toBe(false)
  expect(reply.headers.get('vary')).toMatch(/origin/i)
})

test('without cors_origins there is nothing about origins in any answer', async () => {
  const { port, key } = await start()
  const reply = await asked(port, {
    target: '/v1/agents',
    headers: ['Origin: https://a.example', key],
  })
  expect([...reply.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
})

test('["*"] allows every origin', async () => {
  const { port, key } = await start({ server: '[server]\ncors_origins = ["*"]' })
  const origin = 'Origin: https://anyone.example'
  const preflight = await asked(port, {
    method: 'OPTIONS',
    target: '/v1/chat',
    headers: [origin, ...PREFLIGHT],
  })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([
    204,
    '*',
  ])
  const reply = await asked(port, { target: '/v1/agents', headers: [origin, key] })
  expect(reply.headers.get('access-control-allow-origin')).toBe('*')
  expect(reply.headers.has('access-control-allow-credentials')).toBe(false)
})

test('errors and streams carry the headers of CORS too, and expose ours', async () => {
  const { app, port, key } = await start({
    server: '[server]\ncors_origins = ["https://app.example"]',
  })
  app.provider.reply(answer({ deltas: ['a', 'b'], delayMs: 20 }))
  const origin = 'Origin: https://app.example'
  const requests: [number, Raw][] = [
    [401, { target: '/v1/agents', headers: [origin] }],
    [401, { target: ADMIN_PATH, headers: [origin] }],
    [404, { target: '/v1/nothing', headers: [origin, key] }],
    [422, { method: 'POST', target: '/v1/chat', headers: [origin, key, JSON_TYPE], body: '{}' }],
    [400, { target: '/v1/%ff', headers: [origin] }],
    [413, { ...RUN, headers: [origin, 'Content-Length: 99999999'] }],
    [
      200,
      {
        method: 'POST',
        target: '/v1/chat/stream',
        headers: [origin, key, JSON_TYPE],
        body: '{"model":"m-tools","messages":[{"role":"user","content":"x"}]}',
      },
    ],
  ]
  for (const [status, raw] of requests) {
    const reply = await asked(port, raw)
    expect(reply.status).toBe(status)
    expect(reply.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(reply.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  }
})

test('X-Request-Id is echoed when sane, made otherwise, and is in the body of errors', async () => {
  const { port } = await start()
  const idOf = async (...headers: string[]) => {
    const reply = await asked(port, { target: '/v1/agents', headers })
    expect(errorOf(reply.body).request_id).toBe(reply.headers.get('x-request-id')!)
    return reply.headers.get('x-request-id')!
  }
  for (const sane of ['a', 'A.b_c-9', 'x'.repeat(128)]) {
    expect(await idOf(`X-Request-Id: ${sane}`)).toBe(sane)
  }
  const insane = ['', 'x'.repeat(129), 'a b', 'a"b', 'a,b', 'é', '<script>', 'a/b']
  for (const value of insane)
    expect(await idOf(`X-Request-Id: ${value}`)).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idOf('X-Request-Id: a', 'X-Request-Id: b')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idOf()).not.toBe(await idOf())
})

test('every answer carries the id and forbids sniffing and storing', async () => {
  const { port, key } = await start()
  for (const raw of [
    { target: '/health' },
    { target: '/nothing' },
    { target: '/health', headers: ['Host: a/b'] },
    { target: '/v1/agents', headers: [key] },
    { target: '/v1/agents' },
    { method: 'DELETE', target: '/v1/agents', headers: [key] },
    { target: '/swagger' },
  ]) {
    const { headers } = await asked(port, raw)
    expect(headers.get('x-request-id')).toBeString()
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
  }
})

// ---------------------------------------------------------------------------------------------- bodies

/** A good request to run an agent, of exactly that size. */
function runBody(bytes: number): string {
  const [head, tail] = ['{"input":{"message":"', '"}}']
  return head + 'x'.repeat(bytes - head.length - tail.length) + tail
}

function chunked(...chunks: (string | Uint8Array)[]): Buffer {
  const parts = chunks.flatMap((chunk) => {
    const bytes = Buffer.from(chunk as string)
    return [Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]
  })
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')])
}

test('a body over the limit is 413 in JSON, with its length and in chunks', async () => {
  const { port, key } = await start({ server: '[server]\nmax_body_bytes = 2000' })
  const headers = [key, JSON_TYPE]
  const inChunks = [...headers, 'Transfer-Encoding: chunked']
  expect((await asked(port, { ...RUN, headers, body: runBody(2000) })).status).toBe(200)
  expect(
    (await asked(port, { ...RUN, headers: inChunks, body: chunked(runBody(2000)) })).status,
  ).toBe(200)
  for (const raw of [
    { ...RUN, headers, body: runBody(2001) },
    { ...RUN, headers: inChunks, body: chunked(runBody(2001)) },
    { ...RUN, headers: inChunks, body: chunked(...Array<string>(50).fill('x'.repeat(1000))) },
    { ...RUN, headers: [...headers, 'Content-Length: 1000000000'] },
  ]) {
    const reply = await asked(port, raw)
    expect(reply.status).toBe(413)
    expect(errorOf(reply.body).code).toBe('body_too_large')
  }
  // The server is as it was.
  expect((await asked(port, { ...RUN, headers, body: runBody(100) })).status).toBe(200)
})

test('a body of 1 MiB passes by default, a byte more does not', async () => {
  const { app, acme } = await start()
  app.provider.reply(answer())
  expect((await acme.post('/v1/agents/risk/run', runBody(1_048_576))).status).toBe(200)
  // Without a socket there is no Content-Length, so this is counted while it is read.
  expect((await acme.post('/v1/agents/risk/run', runBody(1_048_577))).status).toBe(413)
})

test('50,000 levels of nesting are refused at once, while others are served', async () => {
  const { port, key } = await start()
  const bombs = [
    `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    '['.repeat(500_000),
  ]
  for (const body of bombs) {
    for (const [target, credential] of [
      ['/v1/api-keys', key],
      ['/v1/agents/risk/run', key],
      ['/v1/chat', key],
      [ADMIN_PATH, ADMIN],
    ] as const) {
      const headers = [credential, JSON_TYPE]
      const tookMs = await cpuMsOf(async () => {
        const bomb = asked(port, { method: 'POST', target, headers, body })
        const health = await asked(port, { target: '/health' })
        expect(health.status).toBe(200)
        const reply = await bomb
        expect(reply.status).toBe(422)
        expect(errorOf(reply.body).code).toBe('invalid')
      })
      expect(tookMs).toBeLessThan(1000)
    }
  }
})

test('a list of a million items is answered with bounded work', async () => {
  const { port, key } = await start()
  const body = `{"messages":[${'1,'.repeat(500_000)}1],"model":"m-tools"}`
  const headers = [key, JSON_TYPE]
  const tookMs = await cpuMsOf(async () => {
    const reply = await asked(port, { method: 'POST', target: '/v1/chat', headers, body })
    expect(reply.status).toBe(422)
    expect(reply.body.length).toBeLessThan(10_000)
  })
  expect(tookMs).toBeLessThan(2000)
})

const BODIES: [string, string | Uint8Array, string[], number, string][] = [
  [
    'invalid UTF-8',
    Buffer.from('{"input":{"message":"\xff"}}', 'latin1'),
    [JSON_TYPE],
    400,
    'invalid_json',
  ],
  [
    'an overlong encoding',
    Buffer.from('{"input":{"message":"\xc0\xaf"}}', 'latin1'),
    [JSON_TYPE],
    400,
    'invalid_json',
  ],
  [
    'an encoded surrogate',
    Buffer.from('{"input":{"message":"\xed\xa0\x80"}}', 'latin1'),
    [JSON_TYPE],
    400,
    'invalid_json',
  ],
  ['malformed JSON', '{"input":', [JSON_TYPE], 400, 'invalid_json'],
  ['JSON and more', `${GOOD_RUN}x`, [JSON_TYPE], 400, 'invalid_json'],
  ['single quotes', "{'input':{}}", [JSON_TYPE], 400, 'invalid_json'],
  ['NaN', '{"input":{"message":NaN}}', [JSON_TYPE], 400, 'invalid_json'],
  ['an empty body', '', [JSON_TYPE], 400, 'invalid_json'],
  ['blanks', '   ', [JSON_TYPE], 400, 'invalid_json'],
  ['no content type', GOOD_RUN, [], 415, 'unsupported_media_type'],
  ['text/plain', GOOD_RUN, ['Content-Type: text/plain'], 415, 'unsupported_media_type'],
  [
    'a form',
    'input=x',
    ['Content-Type: application/x-www-form-urlencoded'],
    415,
    'unsupported_media_type',
  ],
  [
    'multipart',
    '--x--',
    ['Content-Type: multipart/form-data; boundary=x'],
    415,
    'unsupported_media_type',
  ],
  [
    'another charset',
    GOOD_RUN,
    ['Content-Type: application/json; charset=latin1'],
    415,
    'unsupported_media_type',
  ],
  ['JSON lines', GOOD_RUN, ['Content-Type: application/jsonl'], 415, 'unsupported_media_type'],
  [
    'two content types',
    GOOD_RUN,
    [JSON_TYPE, 'Content-Type: text/plain'],
    415,
    'unsupported_media_type',
  ],
  [
    'gzip',
    Bun.gzipSync(Buffer.from(GOOD_RUN)),
    [JSON_TYPE, 'Content-Encoding: gzip'],
    415,
    'unsupported_media_type',
  ],
  ['a list', '[]', [JSON_TYPE], 422, 'invalid'],
  ['null', 'null', [JSON_TYPE], 422, 'invalid'],
  ['a string', '"x"', [JSON_TYPE], 422, 'invalid'],
  ['a number for the message', '{"input":{"message":5}}', [JSON_TYPE], 422, 'invalid'],
  [
    'a string for the context',
    '{"input":{"message":"x","context":"{}"}}',
    [JSON_TYPE],
    422,
    'invalid',
  ],
  ['an unknown field', '{"input":{"message":"x"},"stream":true}', [JSON_TYPE], 422, 'invalid'],
  [
    'an unknown inner field',
    '{"input":{"message":"x","tenant_id":"y"}}',
    [JSON_TYPE],
    422,
    'invalid',
  ],
  [
    'an integer that would change',
    '{"input":{"message":"x","context":{"n":9007199254740993}}}',
    [JSON_TYPE],
    422,
    'invalid',
  ],
  [
    'a number beyond all doubles',
    '{"input":{"message":"x","context":{"n":1e400}}}',
    [JSON_TYPE],
    422,
    'invalid',
  ],
]

test.each(BODIES)('%s is refused and starts no run', async (_what, body, headers, status, code) => {
  const { app, port, key } = await start()
  const reply = await asked(port, { ...RUN, headers: [key, ...headers], body })
  expect([reply.status, errorOf(reply.body).code]).toEqual([status, code])
  expect(await allRuns(app)).toHaveLength(0)
})

test.each([
  'application/json',
  'Application/JSON',
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
])('the content type %s is JSON', async (type) => {
  const { port, key } = await start()
  const reply = await asked(port, {
    ...RUN,
    headers: [key, `Content-Type: ${type}`],
    body: GOOD_RUN,
  })
  expect(reply.status).toBe(200)
})

test('strings are not numbers and numbers not strings', async () => {
  const { app, acme } = await start()
  const chat = { model: 'm-tools', messages: [{ role: 'user', content: 'x' }] }
  for (const [path, body] of [
    ['/v1/api-keys', { name: 'x', expires_in_days: '5' }],
    ['/v1/api-keys', { name: 'x', expires_in_days: 5.5 }],
    ['/v1/api-keys', { name: 5 }],
    ['/v1/api-keys', { name: 'x', expires_in_days: true }],
    ['/v1/api-keys', { name: 'x', expires_in_days: null }],
    ['/v1/chat', { ...chat, max_tokens: '5' }],
    ['/v1/chat', { ...chat, temperature: '1' }],
    ['/v1/chat', { ...chat, model: 5 }],
  ] as const) {
    const reply = await acme.post(path, body)
    expect(reply.status).toBe(422)
    const { details } = (await reply.json()) as { details: { path: string; message: string }[] }
    expect(details.length).toBeGreaterThan(0)
  }
  expect(await allRuns(app)).toHaveLength(0)
})

// ---------------------------------------------------------------------------------------------- address, log

test('the log names the client behind trusted proxies, and believes nobody else', async () => {
  const { app } = await start({
    server: '[server]\ntrusted_proxies = ["10.0.0.0/8", "2001:db8::/32"]',
  })
  const logged = async (address: string, forwarded?: string) => {
    const headers: Record<string, string> = forwarded ? { 'x-forwarded-for': forwarded } : {}
    await app.fetch('/nothing', { address, headers })
    return (JSON.parse(app.logged.at(-1)!) as { address: string }).address
  }
  expect(await logged('192.0.2.1', '198.51.100.9')).toBe('192.0.2.1')
  expect(await logged('10.1.2.3', '198.51.100.9')).toBe('198.51.100.9')
  expect(await logged('::ffff:10.1.2.3', '198.51.100.9')).toBe('198.51.100.9')
  expect(await logged('10.1.2.3', '203.0.113.5, 198.51.100.9, 10.9.9.9')).toBe('198.51.100.9')
  expect(await logged('2001:db8::1', '2001:db9::7')).toBe('2001:db9::7')
  expect(await logged('10.1.2.3', '198.51.100.9:1234')).toBe('198.51.100.9')
  expect(await logged('10.1.2.3', 'not an address')).toBe('unknown')
  expect(await logged('10.1.2.3')).toBe('10.1.2.3')
})

test('an address that cannot be read is told of once', async () => {
  const { app } = await start({ server: '[server]\ntrusted_proxies = ["10.0.0.0/8"]' })
  for (const forwarded of ['unknown', '_hidden', 'nonsense']) {
    await app.fetch('/nothing', { address: '10.1.2.3', headers: { 'x-forwarded-for': forwarded } })
  }
  const warnings = app.logged.filter((line) => line.includes('cannot be read'))
  expect(warnings.map((line) => JSON.parse(line) as object)).toEqual([
    expect.objectContaining({ level: 'warn', peer: '10.1.2.3', header: 'X-Forwarded-For' }),
  ])
})

test('over a socket the address is the peer’s', async () => {
  const { app, port } = await start()
  await asked(port, { target: '/nothing', headers: ['X-Forwarded-For: 198.51.100.9'] })
  expect(JSON.parse(app.logged.at(-1)!)).toMatchObject({ address: '127.0.0.1', status: 404 })
})

test('each request is one JSON line, without anything secret in it', async () => {
  const { app, port, acme, key } = await start()
  const SAID = 'sentinel-of-a-message'
  app.provider.reply(answer({ text: `Answering ${SAID}` }))
  const body = JSON.stringify({ input: { message: SAID, context: { note: SAID } } })
  const headers = [key, JSON_TYPE]
  await asked(port, { ...RUN, headers, body })
  await asked(port, { ...RUN, headers, body: body.replace('"message"', '"mess"') })
  await asked(port, { ...RUN, headers, body: `${body}}` })
  await asked(port, { ...RUN, headers: [key, 'Content-Type: text/plain'], body })
  await asked(port, { target: '/v1/agents', headers: [`Authorization: Bearer ${acme.secret}x`] })
  await asked(port, { target: ADMIN_PATH, headers: [`Authorization: Bearer ${ADMIN_SECRET}`] })
  await asked(port, { target: ADMIN_PATH, headers: ['X-Admin-Secret: nearly-the-secret'] })
  await asked(port, { target: `/v1/agents?api_key=${acme.secret}`, headers: [key] })
  app.provider.reply(() => {
    throw new Error('the provider repeats sk-scripted-sentinel')
  })
  await asked(port, { ...RUN, headers, body })
  const chat = { model: 'm-tools', messages: [{ role: 'user', content: SAID }] }
  await asked(port, { method: 'POST', target: '/v1/chat', headers, body: JSON.stringify(chat) })

  const created = await acme.post('/v1/api-keys', { name: 'second' })
  const { secret } = (await created.json()) as { secret: string }
  for (const hidden of [
    acme.secret,
    secret,
    ADMIN_SECRET,
    'nearly-the-secret',
    SAID,
    'sk-scripted-sentinel',
    'sk-ant-sentinel',
  ]) {
    expect(app.logged.filter((line) => line.includes(hidden))).toEqual([])
  }
  for (const line of app.logged) {
    expect(line).toEndWith('\n')
    expect(line.trimEnd()).not.toContain('\n')
    JSON.parse(line)
  }
})

test('errors tell nothing of the inside', async () => {
  const { app, port, acme, key } = await start()
  app.provider.reply(() => {
    throw new Error('inside of the provider sk-scripted-sentinel')
  })
  const replies = [
    await asked(port, { ...RUN, headers: [key, JSON_TYPE], body: GOOD_RUN }),
    await asked(port, {
      method: 'POST',
      target: '/v1/chat',
      headers: [key, JSON_TYPE],
      body: JSON.stringify({ model: 'm-keyless', messages: [{ role: 'user', content: 'x' }] }),
    }),
    await asked(port, { ...RUN, headers: [key, JSON_TYPE], body: '{' }),
    await asked(port, { target: '/v1/agents/%27', headers: [key] }),
  ]
  for (const { body } of replies) {
    expect(body).not.toMatch(
      /at .*\.ts|node_modules|SQLITE|select |sk-|NOT_SET_ANYWHERE|127\.0\.0\.1/,
    )
    expect(body).not.toContain(acme.secret)
  }
})
