import { expect, test } from 'bun:test'
import { SCOPES, type Scope } from '../../../src/caller/powers.ts'
import { SCOPE_OF_ROUTE } from '../../../src/caller/scopes.ts'
import { isTenantPath, routedPath } from '../../../src/http/compatible-paths.ts'
import { Me } from '../../../src/api-keys/me-routes.ts'
import { expectRefusal, expectReply } from '../../expect-reply.ts'
import { startApp } from '../../harness.ts'
import { expectTotalsMatch } from '../totals.ts'
import { CHAT, NEVER, newKey, RUN } from './support.ts'

/** What opens which route, with a request that succeeds. */
const ROUTES: [Scope, string, string, unknown?][] = [
  ['read', 'GET', '/v1/agents'],
  ['read', 'GET', '/v1/agents/risk'],
  ['read', 'GET', '/v1/agents/risk/runs'],
  ['read', 'GET', '/v1/runs'],
  ['read', 'GET', '/v1/usage'],
  ['run', 'POST', '/v1/agents/risk/run', RUN],
  ['chat', 'POST', '/v1/chat', CHAT],
  ['chat', 'POST', '/v1/chat/stream', CHAT],
  ['keys', 'GET', '/v1/api-keys'],
]

test('every route under /v1 says what it takes of a key, and nothing else does', async () => {
  const app = await startApp()
  const { paths } = (await (await app.fetch('/swagger/json')).json()) as {
    paths: Record<string, Record<string, unknown>>
  }
  const mounted = Object.entries(paths)
    .filter(([path]) => isTenantPath(path))
    .flatMap(([path, methods]) =>
      Object.keys(methods).map(
        (method) => `${method.toUpperCase()} ${routedPath(path.replaceAll(/\{([^}]+)\}/g, ':$1'))}`,
      ),
    )
  expect(Object.keys(SCOPE_OF_ROUTE).toSorted()).toEqual(mounted.toSorted())
})

test('each scope opens its routes, and they are closed without it', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  for (const [scope, method, path, body] of ROUTES) {
    const having = await newKey(app, acme, { scopes: [scope] })
    expect((await having.send(method, path, body)).status, `${method} ${path}`).toBe(200)
    const lacking = await newKey(app, acme, { scopes: SCOPES.filter((other) => other !== scope) })
    const reply = await lacking.send(method, path, body)
    const { error } = await expectRefusal(reply, 403, 'forbidden')
    expect(error).toBe(`This API key lacks the scope “${scope}”.`)
  }
})

const PROMPT = { model: 'm-tools', input: 'Hello' }
const MESSAGE = { ...CHAT, max_tokens: 10 }
const CONTENTS = { contents: [{ parts: [{ text: 'Hello' }] }] }

test.each<[Scope, string, string, unknown]>([
  ['read', 'GET', '/v1/models', undefined],
  ['read', 'GET', '/v1/models/m-tools', undefined],
  ['chat', 'POST', '/v1/chat/completions', CHAT],
  ['chat', 'POST', '/v1/chat/completions', { ...CHAT, model: 'agent:risk' }],
  ['chat', 'POST', '/v1/completions', { model: 'm-tools', prompt: 'Hello' }],
  ['chat', 'POST', '/v1/responses', PROMPT],
  ['chat', 'POST', '/v1/embeddings', PROMPT],
  ['chat', 'POST', '/v1/messages', MESSAGE],
  ['chat', 'POST', '/v1/messages/count_tokens', CHAT],
  ['read', 'GET', '/v1beta/models', undefined],
  ['read', 'GET', '/v1beta/models/m-tools', undefined],
  ['chat', 'POST', '/v1beta/models/m-tools:generateContent', CONTENTS],
  ['chat', 'POST', '/v1beta/models/agent:risk:streamGenerateContent', CONTENTS],
  ['chat', 'POST', '/v1beta/models/m-tools:countTokens', CONTENTS],
  ['chat', 'POST', '/v1beta/models/m-tools:embedContent', { content: { parts: [{ text: 'x' }] } }],
  ['chat', 'POST', '/v1beta/models/m-tools:batchEmbedContents', { requests: [] }],
])('the compatible APIs: %s opens %s %s', async (scope, method, path, body) => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const having = await newKey(app, acme, { scopes: [scope] })
  expect((await having.send(method, path, body)).status).not.toBe(403)
  const lacking = await newKey(app, acme, { scopes: SCOPES.filter((other) => other !== scope) })
  const reply = await lacking.send(method, path, body)
  expect(reply.status).toBe(403)
  // In the form of each client.
  const { error } = (await reply.json()) as { error: { message: string } }
  expect(error.message).toBe(`This API key lacks the scope “${scope}”.`)
})

test('/v1/me tells every key of itself, whatever its scopes; its network still counts', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  for (const scope of SCOPES) {
    const one = await newKey(app, acme, { scopes: [scope], runs_per_month: 7 })
    const { key } = await expectReply(await one.send('GET', '/v1/me'), 200, Me)
    expect([key.id, key.powers?.scopes, key.powers?.runs_per_month]).toEqual([one.id, [scope], 7])
    expect((await one.send('HEAD', '/v1/me')).status).toBe(200)
  }
  const elsewhere = await newKey(app, acme, { scopes: ['run'], allowed_networks: ['10.0.0.0/8'] })
  await expectRefusal(await elsewhere.send('GET', '/v1/me'), 403, 'forbidden')
})

test('GET also stands for HEAD', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const reader = await newKey(app, acme, { scopes: ['read'] })
  expect((await reader.send('HEAD', '/v1/agents')).status).toBe(200)
  const runner = await newKey(app, acme, { scopes: ['run'] })
  expect((await runner.send('HEAD', '/v1/agents')).status).toBe(403)
})

test('the scope keys opens all that is done with keys, and nothing else does', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const other = await newKey(app, acme, { scopes: ['run', 'chat', 'read'] })
  const path = `/v1/api-keys/${other.id}`
  for (const [method, at, body] of [
    ['POST', '/v1/api-keys', { name: 'x', scopes: ['read'] }],
    ['PATCH', path, { name: 'y' }],
    ['POST', `${path}/rotate`, {}],
    ['DELETE', path, undefined],
  ] as const) {
    await expectRefusal(await other.send(method, at, body), 403, 'forbidden')
  }
  expect((await other.send('GET', '/v1/usage')).status).toBe(200)
})

test('it is refused before the body is read, and after 401 and suspension', async () => {
  const app = await startApp({ config: '[tiers.free]\nrequests_per_minute = 1' })
  const acme = await app.tenant('acme', { tier: 'free', agents: ['risk'] })
  const reader = await newKey(app, acme, { scopes: ['read'] })
  const headers = { 'content-type': 'text/plain' }
  for (let asked = 0; asked < 3; asked++) {
    const reply = await reader.send('POST', '/v1/chat', undefined, { headers })
    await expectRefusal(reply, 403, 'forbidden')
  }
  // What was refused has taken nothing of the rate limit.
  expect((await reader.send('GET', '/v1/agents')).status).toBe(200)
  await app.admin.patch(`/api/admin/tenants/${acme.id}`, { status: 'suspended' })
  await expectRefusal(await reader.send('POST', '/v1/chat'), 403, 'tenant_suspended')
  await app.admin.delete(`/api/admin/tenants/${acme.id}/api-keys/${reader.id}`)
  await expectRefusal(await reader.send('POST', '/v1/chat'), 401, 'unauthorized')
})

test('what is no route is 404 and 405 to it, as to any other key', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const reader = await newKey(app, acme, { scopes: ['read'] })
  await expectRefusal(await reader.send('GET', '/v1/nothing'), 404, 'not_found')
  await expectRefusal(await reader.send('GET', '/v1/chat'), 405, 'method_not_allowed')
  await expectRefusal(await reader.send('DELETE', '/v1/agents'), 405, 'method_not_allowed')
})

test('no spelling of a path gets past the scope', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme', { agents: ['risk'] })
  const reader = await newKey(app, acme, { scopes: ['read'] })
  for (const path of [
    '/v1/chat/',
    '/v1/chat?x=1',
    '/v1//chat',
    '/v1/%63hat',
    '/V1/chat',
    '/v1/./chat',
    '/v1/agents/../chat',
    '/v1/chat/stream/',
    '/v1/agents/risk/run/',
    '/v1/agents/risk/%72un',
    '/v1/agents/%72isk/run',
  ]) {
    const reply = await reader.send('POST', path, path.includes('chat') ? CHAT : RUN)
    expect([403, 404, 405], path).toContain(reply.status)
  }
  expect(await expectTotalsMatch(app)).toBe(0)
})

test('of another tenant’s things it sees as little as any key', async () => {
  const app = await startApp()
  const acme = await app.tenant('acme')
  const globex = await app.tenant('globex', { agents: ['risk'] })
  const { send } = await newKey(app, acme, { scopes: ['read', 'keys'], allowed_agents: ['risk'] })
  await expectRefusal(await send('GET', '/v1/agents/risk'), 404, 'not_found')
  for (const id of [globex.keyId, NEVER]) {
    await expectRefusal(await send('DELETE', `/v1/api-keys/${id}`), 404, 'not_found')
    await expectRefusal(await send('PATCH', `/v1/api-keys/${id}`, { name: 'x' }), 404, 'not_found')
    await expectRefusal(await send('POST', `/v1/api-keys/${id}/rotate`, {}), 404, 'not_found')
  }
})
