import { describe, expect, test } from 'bun:test'
import { startApp, type TestApp, type TestTenant } from '../harness.ts'
import { hangBeforeHeaders } from '../scripted-faults.ts'
import { answer, heldBack } from '../scripted-replies.ts'
import { until } from '../waiting.ts'
import { allRuns } from './totals.ts'

/* What the front door does for the clients of other APIs. Source: contract 3.5, 5.7, 9.4. */

const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }
const JSON_TYPE = { 'content-type': 'application/json' }

async function start(options: Parameters<typeof startApp>[0] = {}) {
  const app = await startApp(options)
  return { app, acme: await app.tenant('acme', { agents: ['risk'] }) }
}

function chat(app: TestApp, headers: Record<string, string>, path = '/v1/chat/completions') {
  const body = JSON.stringify(CHAT)
  return app.fetch(path, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body })
}

const bearer = ({ secret }: TestTenant) => ({ authorization: `Bearer ${secret}` })

describe('keys', () => {
  const NAMES = ['x-api-key', 'api-key', 'x-goog-api-key', 'x-portkey-api-key']

  test.each(NAMES)(
    'a key in %s opens the compatible routes and not the specified ones',
    async (name) => {
      const { app, acme } = await start()
      const headers = { [name]: acme.secret }
      expect((await chat(app, headers)).status).toBe(200)
      expect((await chat(app, { ...headers, ...bearer(acme) })).status).toBe(200)
      expect((await app.fetch('/v1/models', { headers })).status).toBe(200)
      expect((await app.fetch('/v1/agents', { headers })).status).toBe(401)
    },
  )

  test.each(NAMES)('one in %s that differs from another is 401', async (name) => {
    const { app, acme } = await start()
    const other = await app.tenant('globex')
    for (const headers of [
      { ...bearer(acme), [name]: other.secret },
      { ...bearer(acme), [name]: 'sk-other' },
      { authorization: `Basic ${acme.secret}`, [name]: acme.secret },
    ]) {
      expect((await chat(app, headers)).status).toBe(401)
    }
  })

  test('a key in the address is never read nor logged, and the refusal names the headers', async () => {
    const { app, acme } = await start()
    for (const path of ['/v1/models', '/v1beta/models', '/v1/agents']) {
      const reply = await app.fetch(`${path}?key=${acme.secret}`)
      expect(reply.status).toBe(401)
      expect(await reply.text()).toContain('x-goog-api-key')
    }
    expect(app.logged.join('\n')).not.toContain(acme.secret)
  })
})

describe('other addresses', () => {
  test('/openai/v1 serves the compatible routes, and nothing else', async () => {
    const { app, acme } = await start()
    const reply = await chat(app, bearer(acme), '/openai/v1/chat/completions')
    expect(reply.status).toBe(200)
    const asked = (path: string, headers = bearer(acme)) => app.fetch(path, { headers })
    expect((await asked('/openai/v1/models?limit=1')).status).toBe(200)
    for (const path of ['/openai/v1/agents', '/openai/v1/me', '/openai/v1', '/openai/v1/chat']) {
      const missing = await asked(path)
      expect(missing.status).toBe(404)
      expect(await missing.json()).toMatchObject({ error: { code: 'not_found' } })
      expect((await app.fetch(path)).status).toBe(401)
    }
    expect((await app.fetch('/openai/v2', { headers: bearer(acme) })).status).toBe(404)
  })

  test.each(['/v1beta/nothing', '/openai/v1/nothing'])('%s counts as /v1', async (path) => {
    const app = await startApp({ config: '[tiers.free]\nrequests_per_minute = 2' })
    const acme = await app.tenant('acme', { tier: 'free' })
    const first = await app.fetch(path, { headers: bearer(acme) })
    expect([first.status, first.headers.get('x-ratelimit-remaining')]).toEqual([404, '1'])
    await app.fetch(path, { headers: bearer(acme) })
    expect((await app.fetch(path, { headers: bearer(acme) })).status).toBe(429)
    await app.flushActivity()
    app.clock.advance(60_000)
    // Asking is a call as well, which is not written yet.
    expect(await (await acme.get('/v1/usage')).json()).toMatchObject({ total_api_calls: 3 })
  })

  test('what is refused under /v1beta is told as Google does', async () => {
    const { app, acme } = await start()
    const stranger = await app.fetch('/v1beta/models')
    expect(stranger.headers.get('www-authenticate')).toBe('Bearer')
    expect(await stranger.json()).toEqual({
      error: {
        code: 401,
        message: expect.any(String),
        status: 'UNAUTHENTICATED',
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
            reason: 'UNAUTHORIZED',
            domain: 'ares',
          },
        ],
      },
    })
    const missing = await app.fetch('/v1beta/nothing', {
      headers: { 'x-goog-api-key': acme.secret },
    })
    expect(await missing.json()).toMatchObject({ error: { code: 404, status: 'NOT_FOUND' } })
  })
})

test('what is wrong with a body is 400 on compatible routes and 422 on the specified ones', async () => {
  const { acme } = await start()
  const statusOf = async (path: string, body: unknown) => (await acme.post(path, body)).status
  for (const path of ['chat/completions', 'responses', 'messages', 'embeddings']) {
    expect([path, await statusOf(`/v1/${path}`, { model: 1 })]).toEqual([path, 400])
  }
  expect(await statusOf('/v1/chat', { model: 1 })).toBe(422)
  expect(await statusOf('/v1/agents/risk/run', { model: 1 })).toBe(422)
})

test('a preflight allows the headers it asks for, to an allowed origin alone', async () => {
  const { app } = await start({ server: '[server]\ncors_origins = ["https://app.example"]' })
  const preflight = (origin: string, asked: string) =>
    app.fetch('/v1/chat/completions', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': asked,
      },
    })
  const asked = 'authorization,content-type,x-stainless-lang,x-anything-new'
  const allowed = await preflight('https://app.example', asked)
  expect(allowed.status).toBe(204)
  expect(allowed.headers.get('access-control-allow-headers')).toBe(asked)
  expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example')
  expect(allowed.headers.get('access-control-expose-headers')).toContain('X-Ares-Left-Out')
  const odd = await preflight('https://app.example', 'a b; c')
  expect(odd.headers.has('access-control-allow-headers')).toBe(false)
  const other = await preflight('https://evil.example', asked)
  expect(other.headers.has('access-control-allow-headers')).toBe(false)
  expect(other.headers.has('access-control-allow-origin')).toBe(false)
})

describe.each(['/v1/chat/stream', '/v1/chat/completions', '/v1/messages'])(
  'a silent %s',
  (path) => {
    const body = JSON.stringify({
      ...CHAT,
      max_tokens: 9,
      ...(path !== '/v1/chat/stream' && { stream: true }),
    })

    async function asked({ app, acme }: Awaited<ReturnType<typeof start>>) {
      const headers = { ...JSON_TYPE, ...bearer(acme) }
      const reply = app.fetch(path, { method: 'POST', headers, body })
      await until(() => app.provider.requests.length === 1)
      return reply
    }

    test('begins after 10 s, and answers when the provider does', async () => {
      const started = await start()
      const { reply: held, letGo } = heldBack(answer())
      started.app.provider.reply(held)
      const reply = asked(started)
      await until(() => started.app.provider.requests.length === 1)
      started.app.clock.advance(10_000)
      const stream = await reply
      expect(stream.status).toBe(200)
      expect(stream.headers.get('content-type')).toStartWith('text/event-stream')
      letGo()
      expect(await stream.text()).toContain('data: ')
      expect((await allRuns(started.app))[0]).toMatchObject({ status: 'completed' })
    })

    test('that fails later says so in its last event', async () => {
      const started = await start({ patienceMs: 1500 })
      started.app.provider.reply(hangBeforeHeaders())
      const reply = asked(started)
      await until(() => started.app.provider.requests.length === 1)
      started.app.clock.advance(10_000)
      const stream = await reply
      expect(stream.status).toBe(200)
      expect(await stream.text()).toContain('timed out')
      expect((await allRuns(started.app))[0]).toMatchObject({ status: 'failed' })
    })
  },
)
