import { Type } from '@sinclair/typebox'
import { expect, test } from 'bun:test'
import { Elysia } from 'elysia'
import { Admission, admit } from '../../../src/http/admission.ts'
import { tenantGuard } from '../../../src/http/guards.ts'
import { hot, HotRoutes } from '../../../src/http/hot-routes.ts'
import { jsonBody } from '../../../src/http/json-body.ts'
import { mount } from '../../../src/http/mount.ts'

const Greeting = Type.Object({ word: Type.String() }, { additionalProperties: false })

/** `POST /v1/greet` and `POST /v1/greet/:name/again` are hot, `POST /v1/plain` is not. */
function hotRoutes(): HotRoutes {
  const feature = new Elysia({ name: 'greetings' })
    .use(tenantGuard)
    .post(
      '/greet',
      hot<{ word: string }>(async ({ body, set }) => {
        set.headers['x-left-out'] = '/mood'
        return new Response(body.word)
      }),
      jsonBody(Greeting),
    )
    .post(
      '/greet/:name/again',
      hot<{ word: string }, { name: string }>(
        async ({ body, params }) => new Response(`${body.word} ${params.name}`),
      ),
      jsonBody(Greeting),
    )
    .post('/plain', async () => new Response('plain'), jsonBody(Greeting))
  const app = new Elysia({ normalize: false })
  mount(app, '/v1', [feature])
  return new HotRoutes(app.routes)
}

function admitted(body: unknown, isTenants = true): { request: Request; admission: Admission } {
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'content-length': String(text.length) }
  const request = new Request('http://localhost/', { method: 'POST', headers, body: text })
  const admission = new Admission({
    request,
    connection: { address: '', stillReading() {}, holdOpen() {}, beginStream() {} },
    requestId: 'r1',
    address: '127.0.0.1',
    clock: { monotonicMs: () => 0 },
    onFinish() {},
  })
  if (isTenants) admission.caller = CALLER
  admit(request, admission)
  return { request, admission }
}

const CALLER = {
  keyId: 'k1',
  tenantId: 't1',
  tenantName: 'acme',
  tier: 'pro' as const,
  limits: { runsPerMonth: null, tokensPerMonth: null, requestsPerMinute: null },
  powers: null,
  familyId: 'k1',
  used: null,
}

test('a hot route gets the body its schema allows, and its headers are set', async () => {
  const { request, admission } = admitted({ word: 'hello' })
  const response = await hotRoutes().find('POST', '/v1/greet')!(request)
  expect(await response.text()).toBe('hello')
  expect(response.headers.get('x-left-out')).toBe('/mood')
  expect(admission.route).toBe('/v1/greet')
})

test('the parts of its path are named', async () => {
  const { request, admission } = admitted({ word: 'hello' })
  const response = await hotRoutes().find('POST', '/v1/greet/risk.1/again')!(request)
  expect(await response.text()).toBe('hello risk.1')
  expect(admission.route).toBe('/v1/greet/:name/again')
})

test('what the schema does not allow, and who is no tenant, is refused', async () => {
  const reply = hotRoutes().find('POST', '/v1/greet')!
  expect(reply(admitted({ word: 1 }).request)).rejects.toMatchObject({ code: 'invalid' })
  expect(reply(admitted({ word: 'hello' }, false).request)).rejects.toMatchObject({
    code: 'unauthorized',
  })
})

test.each([
  ['POST', '/v1/plain'],
  ['GET', '/v1/greet'],
  ['POST', '/v1/greet/'],
  ['POST', '/v1/greet/a/b/again'],
  ['POST', '/v1/greet//again'],
  ['POST', '/v1/greet/%61/again'],
  ['POST', '/v1/greet/a/again/x'],
  ['POST', '/x/v1/greet'],
])('%s %s is left to the framework', (method, path) => {
  expect(hotRoutes().find(method, path)).toBeUndefined()
})
