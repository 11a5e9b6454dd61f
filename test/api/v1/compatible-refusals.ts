import { expect, test } from 'bun:test'
import { startApp, type TestApp, type TestTenant } from '../../harness.ts'
import { allRuns } from '../totals.ts'
import { expectAnthropicError, expectGoogleError, expectOpenAiError } from './compatible.ts'

/** One endpoint of a compatible surface, as a tenant asks for it rightly. */
export interface Surface {
  family: 'openai' | 'anthropic' | 'google'
  method: 'GET' | 'POST' | 'DELETE'
  path: string
  body?: unknown
}

/** Type in Anthropic's words, code in OpenAI's; Google's clients get our own, which is OpenAI's but where it is said. */
type Words = [type: string, code: string, own?: string]

function expectRefusal(
  { family }: Surface,
  reply: Response,
  status: number,
  [type, code, own = code]: Words,
) {
  if (family === 'google') return expectGoogleError(reply, status, own.toUpperCase())
  return family === 'anthropic'
    ? expectAnthropicError(reply, status, type)
    : expectOpenAiError(reply, status, code)
}

function send(app: TestApp, surface: Surface, headers: Record<string, string>) {
  const { method, path, body } = surface
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return app.fetch(path, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: text }),
  })
}

/** The same of another model; Google's clients say it in the path. */
function asking(surface: Surface & { body: object }, model: string): Surface {
  const path = surface.path.replace(/(?<=^\/v1beta\/models\/)[^:]*/, model)
  return surface.family === 'google'
    ? { ...surface, path }
    : { ...surface, body: { ...surface.body, model } }
}

const bearer = ({ secret }: TestTenant) => ({ authorization: `Bearer ${secret}` })

/** What the front door refuses, in the form of the path: 400, 401, 403, 405, 429 and 503 on the way out. */
export function testRefusals(surface: Surface): void {
  const asked = `${surface.method} ${surface.path}`

  test(`${asked} without a valid key is 401`, async () => {
    const app = await startApp()
    const { secret } = await app.tenant('acme')
    const wrong: Record<string, string>[] = [
      {},
      { authorization: `Bearer ${secret}x` },
      { authorization: 'Bearer sk-openai', 'x-api-key': secret },
    ]
    for (const headers of wrong) {
      const reply = await send(app, surface, headers)
      expect(reply.headers.get('www-authenticate')).toBe('Bearer')
      await expectRefusal(surface, reply, 401, [
        'authentication_error',
        'invalid_api_key',
        'unauthorized',
      ])
    }
  })

  test(`${asked} of a suspended tenant is 403`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
    const reply = await send(app, surface, bearer(acme))
    await expectRefusal(surface, reply, 403, ['permission_error', 'tenant_suspended'])
  })

  test(`${asked} over the rate limit is 429 with Retry-After, to be tried again`, async () => {
    const app = await startApp({ config: '[tiers.free]\nrequests_per_minute = 1' })
    const acme = await app.tenant('acme', { tier: 'free' })
    await acme.get('/v1/nothing')
    const reply = await send(app, surface, bearer(acme))
    expect(reply.headers.get('retry-after')).toBe('60')
    expect(reply.headers.has('x-should-retry')).toBe(false)
    const words: Words = ['rate_limit_error', 'rate_limit_exceeded', 'rate_limited']
    await expectRefusal(surface, reply, 429, words)
  })

  test(`${asked} is 503 while the server shuts down`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    await app.server.shutDown(0)
    const reply = await send(app, surface, bearer(acme))
    await expectRefusal(surface, reply, 503, ['api_error', 'shutting_down'])
  })

  test(`another method than ${asked} is 405, a bad Host 400`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    const reply = await send(app, { family: surface.family, method: 'GET', path: surface.path }, {})
    expect(reply.status).toBe(401)
    const { path } = surface
    const put = await app.fetch(path, { method: 'PUT', headers: bearer(acme) })
    expect(put.headers.get('allow')).toContain(surface.method)
    await expectRefusal(surface, put, 405, ['invalid_request_error', 'method_not_allowed'])
    const badHost = await send(app, surface, { ...bearer(acme), host: 'a b' })
    await expectRefusal(surface, badHost, 400, ['invalid_request_error', 'bad_request'])
  })
}

/** What is refused of a body: 400, 413, 415 that name the field. Starts nothing. */
export function testBodyRefusals(
  surface: Surface,
  invalid: [what: string, body: unknown, param: string | null][],
): void {
  const asked = `${surface.method} ${surface.path}`

  test(`${asked} with a body that is not JSON is 400 or 415, a large one 413`, async () => {
    const app = await startApp({ server: '[server]\nmax_compatible_body_bytes = 5000' })
    const acme = await app.tenant('acme')
    const withBody = (body: string, headers: Record<string, string> = {}) =>
      send(app, { ...surface, body }, { ...bearer(acme), ...headers })
    const good = JSON.stringify(surface.body)
    const malformed: Words = ['invalid_request_error', 'invalid_json']
    await expectRefusal(surface, await withBody('{'), 400, malformed)
    const text = await withBody(good, { 'content-type': 'text/plain' })
    await expectRefusal(surface, text, 415, ['invalid_request_error', 'unsupported_media_type'])
    const large = await withBody(' '.repeat(5001) + good)
    await expectRefusal(surface, large, 413, ['request_too_large', 'body_too_large'])
    expect(await allRuns(app)).toHaveLength(0)
  })

  test.each(invalid)(`${asked} with %s is 400 and says where`, async (_what, body, param) => {
    const app = await startApp()
    const acme = await app.tenant('acme', { agents: ['risk'] })
    const reply = await acme.post(surface.path, body)
    if (surface.family === 'openai') await expectOpenAiError(reply, 400, 'invalid', param)
    else {
      const words: Words = ['invalid_request_error', 'invalid']
      const told = JSON.stringify(await expectRefusal(surface, reply, 400, words))
      if (param !== null) expect(told).toContain(param)
    }
    expect(await allRuns(app)).toHaveLength(0)
    expect(app.provider.requests).toHaveLength(0)
  })
}

/** What the ledger and the provider refuse: quotas, unknown and paused agents, providers that fail. */
export function testSpendingRefusals(surface: Surface & { body: object }): void {
  const asked = `${surface.method} ${surface.path}`

  test(`${asked} over a quota is 429, not to be tried again, and no run`, async () => {
    const app = await startApp({ config: '[tiers.free]\nruns_per_month = 0' })
    const acme = await app.tenant('acme', { tier: 'free' })
    const reply = await send(app, surface, bearer(acme))
    expect(reply.headers.get('x-should-retry')).toBe('false')
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
    const words: Words = ['rate_limit_error', 'insufficient_quota', 'quota_runs_exceeded']
    await expectRefusal(surface, reply, 429, words)
    expect(await allRuns(app)).toHaveLength(0)
  })

  test(`${asked} of what is not there, not set up or not one's own is refused alike`, async () => {
    const app = await startApp()
    const acme = await app.tenant('acme')
    await app.tenant('globex', { agents: ['secret'] })
    const ask = (model: string) => send(app, asking(surface, model), bearer(acme))
    const bodies = new Set<string>()
    for (const model of [
      'nope',
      'agent:nope',
      'agent:secret',
      'agent:',
      'agent:NO',
      'Agent:risk',
    ]) {
      const reply = await ask(model)
      const text = await reply.clone().text()
      bodies.add(text.replace(/"request_id":"[^"]*"/, ''))
      if (surface.family === 'openai')
        await expectOpenAiError(reply, 404, 'model_not_found', 'model')
      else await expectRefusal(surface, reply, 404, ['not_found_error', 'not_found'])
    }
    expect(bodies.size).toBe(1)
    const keyless = await ask('m-keyless')
    expect(keyless.headers.get('x-should-retry')).toBe('false')
    await expectRefusal(surface, keyless, 503, ['api_error', 'provider_not_configured'])
    expect(await allRuns(app)).toHaveLength(0)
  })
}
