/** What an operation is asked with, and what it answers to whom it belongs. */
export interface Rule {
  status: number
  body?: object
  /** The thing asked for does not outlive the request, or not under its name. */
  consumes?: true
}

const MESSAGE = 'Tell me'
const AGENT = { agent_type: 'custom', config: { model: 'm' } }
const MESSAGES = [{ role: 'user', content: MESSAGE }]
const CHAT = { model: 'm', messages: MESSAGES }
const CONTENTS = { contents: [{ role: 'user', parts: [{ text: MESSAGE }] }] }
const EMBEDDED = { content: { parts: [{ text: MESSAGE }] } }

let made = 0
const unique = (noun: string) => `${noun}-${++made}`

/** One rule for each operation. One that is missing here fails the matrix: nobody has said who may do what. */
export const RULES: Record<string, () => Rule> = {
  'GET /health': () => ({ status: 200 }),
  'GET /ready': () => ({ status: 200 }),
  'GET /v1/agents': () => ({ status: 200 }),
  'GET /v1/agents/{name}': () => ({ status: 200 }),
  'POST /v1/agents/{name}/run': () => ({ status: 200, body: { input: { message: MESSAGE } } }),
  'GET /v1/agents/{name}/runs': () => ({ status: 200 }),
  'POST /v1/chat': () => ({ status: 200, body: CHAT }),
  'POST /v1/chat/stream': () => ({ status: 200, body: CHAT }),
  'GET /v1/runs': () => ({ status: 200 }),
  'GET /v1/runs/{id}': () => ({ status: 200 }),
  'POST /v1/chat/completions': () => ({ status: 200, body: CHAT }),
  'POST /v1/completions': () => ({ status: 200, body: { model: 'm', prompt: MESSAGE } }),
  'POST /v1/responses': () => ({ status: 200, body: { model: 'm', input: MESSAGE } }),
  'GET /v1/responses/{id}': () => ({ status: 200 }),
  'DELETE /v1/responses/{id}': () => ({ status: 200, consumes: true }),
  'POST /v1/embeddings': () => ({ status: 200, body: { model: 'm', input: MESSAGE } }),
  'POST /v1/messages': () => ({ status: 200, body: { ...CHAT, max_tokens: 10 } }),
  'POST /v1/messages/count_tokens': () => ({ status: 200, body: CHAT }),
  'GET /v1/models': () => ({ status: 200 }),
  'GET /v1/models/{id}': () => ({ status: 200 }),
  'GET /v1beta/models': () => ({ status: 200 }),
  'GET /v1beta/models/{model}': () => ({ status: 200 }),
  'POST /v1beta/models/{model}:generateContent': () => ({ status: 200, body: CONTENTS }),
  'POST /v1beta/models/{model}:streamGenerateContent': () => ({ status: 200, body: CONTENTS }),
  'POST /v1beta/models/{model}:countTokens': () => ({ status: 200, body: CONTENTS }),
  'POST /v1beta/models/{model}:embedContent': () => ({ status: 200, body: EMBEDDED }),
  'POST /v1beta/models/{model}:batchEmbedContents': () => ({
    status: 200,
    body: { requests: [EMBEDDED] },
  }),
  'GET /v1/usage': () => ({ status: 200 }),
  'GET /v1/me': () => ({ status: 200 }),
  'GET /v1/api-keys': () => ({ status: 200 }),
  'POST /v1/api-keys': () => ({ status: 201, body: { name: 'made' } }),
  'PATCH /v1/api-keys/{id}': () => ({ status: 200, body: { name: unique('key') } }),
  'POST /v1/api-keys/{id}/rotate': () => ({ status: 201, body: {}, consumes: true }),
  'DELETE /v1/api-keys/{id}': () => ({ status: 204, consumes: true }),
  'POST /api/admin/tenants': () => ({
    status: 201,
    body: { name: unique('tenant'), tier: 'free' },
  }),
  'GET /api/admin/tenants': () => ({ status: 200 }),
  'GET /api/admin/tenants/{id}': () => ({ status: 200 }),
  'PATCH /api/admin/tenants/{id}': () => ({ status: 200, body: { status: 'active' } }),
  'DELETE /api/admin/tenants/{id}': () => ({ status: 204, consumes: true }),
  'PUT /api/admin/tenants/{id}/quota': () => ({ status: 200, body: { tier: 'enterprise' } }),
  'POST /api/admin/provision-client': () => ({
    status: 201,
    body: {
      name: unique('client'),
      tier: 'free',
      product_type: 'generic',
      api_key_name: 'first',
    },
  }),
  'GET /api/admin/agent-templates': () => ({ status: 200 }),
  'POST /api/admin/tenants/{id}/api-keys': () => ({ status: 201, body: { name: 'made' } }),
  'GET /api/admin/tenants/{id}/api-keys': () => ({ status: 200 }),
  'PATCH /api/admin/tenants/{id}/api-keys/{key_id}': () => ({
    status: 200,
    body: { name: unique('key') },
  }),
  'POST /api/admin/tenants/{id}/api-keys/{key_id}/rotate': () => ({
    status: 201,
    body: {},
    consumes: true,
  }),
  'DELETE /api/admin/tenants/{id}/api-keys/{key_id}': () => ({ status: 204, consumes: true }),
  'GET /api/admin/agents': () => ({ status: 200 }),
  'GET /api/admin/tenants/{id}/agents': () => ({ status: 200 }),
  'POST /api/admin/tenants/{id}/agents': () => ({
    status: 201,
    body: { name: unique('agent'), ...AGENT },
  }),
  'GET /api/admin/tenants/{id}/agents/{name}': () => ({ status: 200 }),
  'PUT /api/admin/tenants/{id}/agents/{name}': () => ({ status: 200, body: { status: 'active' } }),
  'DELETE /api/admin/tenants/{id}/agents/{name}': () => ({ status: 204, consumes: true }),
  'GET /api/admin/tenants/{id}/agents/{name}/runs': () => ({ status: 200 }),
  'GET /api/admin/tenants/{id}/agents/{name}/stats': () => ({ status: 200 }),
  'GET /api/admin/tenants/{id}/usage': () => ({ status: 200 }),
  'GET /api/admin/tenants/{id}/usage/daily': () => ({ status: 200 }),
  'GET /api/admin/stats': () => ({ status: 200 }),
  'GET /api/admin/models': () => ({ status: 200 }),
  'GET /api/admin/alerts': () => ({ status: 200 }),
  'POST /api/admin/alerts/{id}/resolve': () => ({ status: 200 }),
  'GET /api/admin/audit-log': () => ({ status: 200 }),
  'GET /api/admin/runs': () => ({ status: 200 }),
  'GET /api/admin/runs/{id}': () => ({ status: 200 }),
  'GET /api/admin/series': () => ({ status: 200 }),
  'GET /api/admin/usage.csv': () => ({ status: 200 }),
  'GET /api/admin/overview': () => ({ status: 200 }),
  'GET /api/admin/settings': () => ({ status: 200 }),
  'GET /api/admin/tenant-list': () => ({ status: 200 }),
  'GET /api/admin/agent-list': () => ({ status: 200 }),
  'POST /api/admin/models/{id}/test': () => ({ status: 200 }),
  'POST /api/admin/tenants/{id}/chat/stream': () => ({ status: 200, body: CHAT }),
}

/** Names and ids that nothing can have; each is answered as one that nothing has. */
export const MALFORMED = [
  'UPPER',
  '-a',
  'a--b',
  'a'.repeat(64),
  'a%2fb',
  '..%2f..%2fetc',
  'x%00y',
  '%c3%bc',
  '%27%20or%20%271%27%3d%271',
  '%F0%9F%92%A9',
  '00000000-0000-7000-8000-00000000000g',
]
