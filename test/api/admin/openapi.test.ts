import { expect, test } from 'bun:test'
import SwaggerParser from '@apidevtools/swagger-parser'
import { familyOfPath } from '../../../src/http/compatible-paths.ts'
import { startApp } from '../../harness.ts'

const app = await startApp()

interface Described {
  openapi: string
  info: { contact?: object }
  servers: { url: string }[]
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
}

interface Operation {
  summary?: string
  operationId: string
  tags: string[]
  security: Record<string, string[]>[]
  parameters?: { in: string; name: string; required: boolean; schema: Record<string, unknown> }[]
  requestBody?: { content: Record<string, { schema: { required?: string[] }; example?: object }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema: object }> }>
}

const reply = await app.fetch('/swagger/json')
const document = (await reply.json()) as Described

/** Every route of the two API documents, and what the contract adds for operators. */
const ROUTES = `
GET /v1/agents
GET /v1/agents/{name}
POST /v1/agents/{name}/run
GET /v1/agents/{name}/runs
POST /v1/chat
POST /v1/chat/stream
POST /v1/chat/completions
POST /v1/completions
POST /v1/responses
GET /v1/responses/{}
DELETE /v1/responses/{}
POST /v1/embeddings
POST /v1/messages
POST /v1/messages/count_tokens
GET /v1/models
GET /v1/models/{id}
GET /v1beta/models
GET /v1beta/models/{}
POST /v1beta/models/{}:generateContent
POST /v1beta/models/{}:streamGenerateContent
POST /v1beta/models/{}:countTokens
POST /v1beta/models/{}:embedContent
POST /v1beta/models/{}:batchEmbedContents
GET /v1/usage
GET /v1/api-keys
POST /v1/api-keys
PATCH /v1/api-keys/{id}
DELETE /v1/api-keys/{id}
POST /v1/api-keys/{id}/rotate
POST /api/admin/tenants
GET /api/admin/tenants
GET /api/admin/tenants/{id}
PATCH /api/admin/tenants/{id}
DELETE /api/admin/tenants/{id}
PUT /api/admin/tenants/{id}/quota
POST /api/admin/provision-client
POST /api/admin/tenants/{id}/api-keys
GET /api/admin/tenants/{id}/api-keys
PATCH /api/admin/tenants/{id}/api-keys/{key_id}
DELETE /api/admin/tenants/{id}/api-keys/{key_id}
POST /api/admin/tenants/{id}/api-keys/{key_id}/rotate
GET /api/admin/tenants/{id}/agents
POST /api/admin/tenants/{id}/agents
GET /api/admin/tenants/{id}/agents/{name}
PUT /api/admin/tenants/{id}/agents/{name}
DELETE /api/admin/tenants/{id}/agents/{name}
GET /api/admin/agent-templates
GET /api/admin/models
GET /api/admin/tenants/{id}/usage
GET /api/admin/tenants/{id}/usage/daily
GET /api/admin/tenants/{id}/agents/{name}/runs
GET /api/admin/tenants/{id}/agents/{name}/stats
GET /api/admin/agents
GET /api/admin/stats
GET /api/admin/alerts
POST /api/admin/alerts/{id}/resolve
GET /api/admin/audit-log
GET /v1/me
GET /v1/runs
GET /v1/runs/{id}
GET /api/admin/runs
GET /api/admin/runs/{id}
GET /api/admin/series
GET /api/admin/usage.csv
GET /api/admin/overview
GET /api/admin/settings
POST /api/admin/models/{id}/test
GET /api/admin/tenant-list
GET /api/admin/agent-list
POST /api/admin/tenants/{id}/chat/stream
GET /health
GET /ready
`
  .trim()
  .split('\n')

/** Whatever its parameters are called. */
const named = (route: string) => route.replaceAll(/\{[^}]+\}/g, '{}')

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    route: `${method.toUpperCase()} ${path}`,
    path,
    method: method.toUpperCase(),
    operation,
  })),
)

/** Name, minimum, maximum and default of each query parameter. */
const queryOf = (path: string) =>
  (document.paths[path]?.['get']?.parameters ?? [])
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) => [name, schema['minimum'], schema['maximum'], schema['default']])

test('the document is valid OpenAPI 3.1', async () => {
  expect(reply.status).toBe(200)
  expect(reply.headers.get('content-type')).toStartWith('application/json')
  expect(document.openapi).toBe('3.1.0')
  await SwaggerParser.validate(structuredClone(document) as never)
})

/* What the linters of such documents call errors (Redocly's and Spectral's recommended rules), without either. */

test('the document names its server, its contact and its tags', () => {
  expect(document.servers).toEqual([{ url: '/', description: 'this server' } as { url: string }])
  expect(document.info.contact).toBeDefined()
  const used = new Set(operations.flatMap(({ operation }) => operation.tags))
  expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted())
  for (const { name, description } of document.tags) expect(description, name).not.toBe('')
})

test('each operation has an id of its own, one tag, and a refusal', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(new Set(ids).size).toBe(operations.length)
  for (const { route, operation } of operations) {
    expect(operation.tags, route).toHaveLength(1)
    expect(Object.keys(operation.responses).join(), route).toMatch(/\b4\d\d\b/)
  }
})

test('nothing refers to another place, which the page relies on', () => {
  expect(JSON.stringify(document)).not.toContain('"$ref"')
})

test('it lists every route of both documents, and no other', () => {
  expect(operations.map(({ route }) => named(route)).toSorted()).toEqual(
    ROUTES.map(named).toSorted(),
  )
})

test('every route has a summary, its credential and its path parameters', () => {
  for (const { route, path, operation } of operations) {
    expect(operation.summary, route).toBeString()
    const scheme = path.startsWith('/v1')
      ? [{ apiKey: [] }]
      : path.startsWith('/api/admin')
        ? [{ adminSecret: [] }]
        : []
    expect(operation.security, route).toEqual(scheme)
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
    const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!)
    expect(inPath.map(({ name }) => name).toSorted(), route).toEqual(names.toSorted())
    expect(
      inPath.every(({ required }) => required),
      route,
    ).toBe(true)
  }
})

test('every route describes its success and its refusals', () => {
  for (const { route, path, operation } of operations) {
    const statuses = Object.keys(operation.responses)
    const successes = statuses.filter((status) => status.startsWith('2'))
    expect(successes, route).toHaveLength(1)
    const success = operation.responses[successes[0]!]!
    expect(success.content === undefined, route).toBe(successes[0] === '204')
    if (/^\/(v1|api)/.test(path)) expect(statuses, route).toContain('401')
    if (path.includes('{')) expect(statuses, route).toContain('404')
    if (operation.requestBody) {
      expect(Object.keys(operation.requestBody.content), route).toEqual(['application/json'])
      // The clients of the compatible routes expect 400 for what is invalid.
      const invalid = familyOfPath(path) ? [] : ['422']
      expect(statuses, route).toEqual(expect.arrayContaining(['400', '413', '415', ...invalid]))
    }
  }
})

test('queries are described with their range and default', () => {
  const LIMIT = ['limit', 1, 1000, 50]
  expect(queryOf('/api/admin/audit-log')).toContainEqual(LIMIT)
  expect(queryOf('/api/admin/runs')).toContainEqual(LIMIT)
  expect(queryOf('/v1/runs')).toContainEqual(LIMIT)
  expect(queryOf('/api/admin/tenants/{id}/agents/{name}/runs')).toEqual([LIMIT])
  expect(queryOf('/api/admin/tenants/{id}/usage/daily')).toEqual([['days', 1, 366, 30]])
  expect(queryOf('/api/admin/series')).toContainEqual(['days', 1, 366, 30])
})

const RUN_FILTERS = ['agent', 'status', 'kind', 'model', 'from', 'to', 'q', 'limit', 'cursor']

test.each([
  ['/api/admin/alerts', ['severity', 'resolved', 'tenant_id', 'limit', 'cursor']],
  ['/api/admin/audit-log', ['action', 'actor', 'tenant_id', 'from', 'to', 'limit', 'cursor']],
  ['/api/admin/agent-templates', ['product_type']],
  ['/api/admin/runs', ['tenant_id', ...RUN_FILTERS]],
  ['/v1/runs', RUN_FILTERS],
  ['/api/admin/series', ['days', 'tenant_id', 'by', 'limit']],
  ['/api/admin/usage.csv', ['days', 'tenant_id']],
  ['/api/admin/agent-list', ['q', 'sort', 'order', 'page', 'per_page']],
  ['/api/admin/tenant-list', ['q', 'status', 'tier', 'sort', 'order', 'page', 'per_page']],
])('the query of %s is described', (path, names) => {
  expect(queryOf(path).map(([name]) => name)).toEqual(names)
})

test('what the document lists, the server has', async () => {
  for (const { method, path, route } of operations) {
    const url = path.replaceAll(/\{[^}]+\}/g, 'x')
    const { status } = await app.fetch(url, { method })
    expect(status, route).toBe(/^\/(v1|api)/.test(path) ? 401 : 200)
  }
})

test('the page loads nothing from a foreign host', async () => {
  const page = await app.fetch('/swagger')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toStartWith('text/html')
  const html = await page.text()
  expect(html).not.toMatch(/https?:|\/\/[a-z]/i)
  const policy = page.headers.get('content-security-policy')!
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toMatch(/https?:|\*/)

  const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!)
  expect(sources.length).toBeGreaterThan(1)
  for (const source of sources) {
    const asset = await app.fetch(source)
    expect(asset.status, source).toBe(200)
    expect((await asset.text()).length).toBeGreaterThan(50)
  }
  const start = await (await app.fetch('/swagger/start.js')).text()
  expect(start).toContain("'/swagger/json'")
  expect(start).not.toMatch(/https?:/)
})

test('a trailing slash is ignored', async () => {
  expect((await app.fetch('/swagger/')).status).toBe(200)
  expect((await app.fetch('/swagger/json/')).status).toBe(200)
})
