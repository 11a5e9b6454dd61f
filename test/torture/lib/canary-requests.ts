import { ADMIN_SECRET } from '../../binary/ares.ts'
import type { HttpRequest } from './requests.ts'

/** Whose messages nobody else may see. */
export const MESSAGE = 'canary-message-5be1a2'
export const OTHER_MESSAGE = 'canary-message-c07d44'

interface Sender {
  /** The tenant's id, and one of its keys. */
  id: string
  secret: string
}

/** A run, a chat and a stream that carry the messages where messages belong. */
export function spendingRequests({ secret }: Sender): HttpRequest[] {
  const chat = JSON.stringify({ model: 'm', messages: [{ role: 'user', content: MESSAGE }] })
  const run = JSON.stringify({ input: { message: MESSAGE, context: { also: OTHER_MESSAGE } } })
  return [
    post(secret, '/v1/agents/assistant/run', run),
    post(secret, '/v1/chat', chat),
    post(secret, '/v1/chat/stream', chat),
  ]
}

/** Requests to be refused, which carry messages, keys and the admin secret where none belong. */
export function misplacedRequests(sender: Sender): HttpRequest[] {
  return [...malformedRequests(sender), ...keysInPlaces(sender), ...adminRequests(sender)]
}

function malformedRequests({ secret }: Sender): HttpRequest[] {
  const message = JSON.stringify(MESSAGE)
  return [
    post(secret, '/v1/chat', `{"messages": [${message}`),
    post(secret, '/v1/chat', `{"messages": [{"role": ${message}, "content": ${message}}]}`),
    post(secret, '/v1/chat', `{"model": ${message}, "messages": [{"role":"user","content":"x"}]}`),
    post(secret, '/v1/agents/assistant/run', `{"input": {"message": 5, ${message}: 1}}`),
    post(secret, '/v1/agents/assistant/run', message.repeat(100_000)),
    post(secret, '/v1/api-keys', JSON.stringify({ name: secret.repeat(5) })),
  ]
}

function keysInPlaces({ secret }: Sender): HttpRequest[] {
  const right = bearer(secret)
  return [
    get('/v1/agents', bearer(`${secret}x`)),
    get('/v1/agents', { authorization: `Basic ${secret}` }),
    get('/v1/agents', { 'x-api-key': secret }),
    get(`/v1/agents?api_key=${secret}`, {}),
    get(`/v1/agents/${secret}`, {}),
    get(`/v1/agents/${secret}`, right),
    get(`/v1/${secret}`, right),
    get(`/${secret}`, {}),
    { method: 'DELETE', path: `/v1/api-keys/${secret}`, headers: right },
  ]
}

function adminRequests({ id, secret }: Sender): HttpRequest[] {
  const admin = { 'x-admin-secret': ADMIN_SECRET, 'content-type': 'application/json' }
  const change = (method: string, path: string, body: object) => ({
    method,
    path: `/api/admin/${path}`,
    headers: admin,
    body: JSON.stringify(body),
  })
  return [
    get('/api/admin/stats', { 'x-admin-secret': `${ADMIN_SECRET}x` }),
    get('/api/admin/stats', { 'x-admin-secret': secret }),
    get(`/api/admin/stats?secret=${ADMIN_SECRET}`, {}),
    get(`/api/admin/tenants/${secret}`, admin),
    get(`/api/admin/audit-log?limit=${secret}`, admin),
    get(`/api/admin/agent-templates?product_type=${secret}`, admin),
    change('PUT', `tenants/${id}/quota`, { tier: secret }),
    change('POST', 'tenants', { name: secret, tier: ADMIN_SECRET }),
  ]
}

/** What another tenant may ask, and what the operator may ask about the first. */
export function readingRequests(reader: Sender, about: Sender): HttpRequest[] {
  const admin = { 'x-admin-secret': ADMIN_SECRET }
  const own = [...AGENT, 'usage', 'api-keys', 'runs', 'runs?q=canary', 'me']
  const tenant = ['', '/api-keys', '/agents', '/agents/assistant/runs', '/usage', '/usage/daily']
  return [
    ...own.map((path) => get(`/v1/${path}`, bearer(reader.secret))),
    ...tenant.map((path) => get(`/api/admin/tenants/${about.id}${path}`, admin)),
    ...PLATFORM.map((path) => get(`/api/admin/${path}`, admin)),
    get('/swagger/json', {}),
  ]
}

const AGENT = ['agents', 'agents/assistant', 'agents/assistant/runs']
const PLATFORM = [
  'tenants',
  'tenant-list',
  'agent-list',
  'agents',
  'models',
  'stats',
  'overview',
  'settings',
  'series?by=tenant',
  'usage.csv',
  'runs',
  'alerts',
  'audit-log?limit=1000',
]

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

function post(secret: string, path: string, body: string): HttpRequest {
  return {
    method: 'POST',
    path,
    headers: { ...bearer(secret), 'content-type': 'application/json' },
    body,
  }
}

function get(path: string, headers: Record<string, string>): HttpRequest {
  return { method: 'GET', path, headers }
}
