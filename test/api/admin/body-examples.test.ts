import { expect, test } from 'bun:test'
import { familyOfPath } from '../../../src/http/compatible-paths.ts'
import { ADMIN_SECRET, startApp } from '../../harness.ts'

/* Each example of a request body, as the description has it, is sent to the program and does what it says. */

const app = await startApp({
  config: `[[providers]]
name = "documented"
type = "demo"
models = [
  { id = "llama-3.3-70b", context_length = 131072, supports_tools = true },
  { id = "claude-3.5-sonnet", context_length = 200000, supports_tools = true },
]`,
})

interface Described {
  paths: Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { example?: object }> } }>
  >
}

const document = (await (await app.fetch('/swagger/json')).json()) as Described
const bodies = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { requestBody }]) =>
    requestBody
      ? [{ method, path, example: requestBody.content['application/json']?.example }]
      : [],
  ),
)

/** The demo computes no vectors; a name is taken by the example before. */
const INSTEAD: Record<string, object> = {
  '/v1/embeddings': { model: 'm-tools' },
  '/api/admin/provision-client': { name: 'second-corp' },
}

test('every request body has an example', () => {
  expect(bodies.filter(({ example }) => example === undefined)).toEqual([])
})

test.each(bodies)('$method $path', async ({ method, path, example }) => {
  const tenant = await app.tenant(`t-${Bun.randomUUIDv7().slice(-12)}`, {
    agents: ['risk-analyzer'],
  })
  const own = await tenant.post('/v1/api-keys', { name: 'own' })
  const { key } = (await own.json()) as { key: string }
  const thing = path.includes('/tenants/{id}') ? tenant.id : key
  const url = path
    .replace('{name}', 'risk-analyzer')
    .replace('{key_id}', key)
    .replace('{id}', thing)
    .replace('{model}', path.includes('mbed') ? 'm-gemini' : 'llama-3.3-70b')
  const body = { ...example, ...INSTEAD[path] }
  const isAdmin = path.startsWith('/api/admin')
  const reply = await app.fetch(url, {
    method: method.toUpperCase(),
    headers: {
      'content-type': 'application/json',
      ...(isAdmin
        ? { 'x-admin-secret': ADMIN_SECRET }
        : { authorization: `Bearer ${tenant.secret}` }),
      ...(familyOfPath(path) === 'anthropic' && { 'anthropic-version': '2023-06-01' }),
    },
    body: JSON.stringify(body),
  })
  const text = await reply.text()
  expect([200, 201], text).toContain(reply.status)
})
