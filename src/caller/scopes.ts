import { allowsAddress, allowsScope, type Powers, type Scope } from './powers.ts'
import { AresError } from '../errors.ts'

/**
 * What each route under /v1 takes of a key; null is nothing but a key that works. A test holds that every mounted
 * route is here; one that is not is closed to keys that are limited in scope.
 */
export const SCOPE_OF_ROUTE: Record<string, Scope | null> = {
  // Whose key it is, and what it may do: each may know that of itself.
  'GET /v1/me': null,
  'GET /v1/agents': 'read',
  'GET /v1/agents/:name': 'read',
  'GET /v1/agents/:name/runs': 'read',
  'GET /v1/runs': 'read',
  'GET /v1/runs/:id': 'read',
  'GET /v1/usage': 'read',
  'GET /v1/models': 'read',
  'GET /v1/models/:id': 'read',
  'POST /v1/agents/:name/run': 'run',
  'POST /v1/chat': 'chat',
  'POST /v1/chat/stream': 'chat',
  'POST /v1/chat/completions': 'chat',
  'POST /v1/completions': 'chat',
  'POST /v1/responses': 'chat',
  'GET /v1/responses/:id': 'chat',
  'DELETE /v1/responses/:id': 'chat',
  'POST /v1/embeddings': 'chat',
  'POST /v1/messages': 'chat',
  'POST /v1/messages/count_tokens': 'chat',
  'GET /v1beta/models': 'read',
  'GET /v1beta/models/:model': 'read',
  'POST /v1beta/models/:model/generateContent': 'chat',
  'POST /v1beta/models/:model/streamGenerateContent': 'chat',
  'POST /v1beta/models/:model/countTokens': 'chat',
  'POST /v1beta/models/:model/embedContent': 'chat',
  'POST /v1beta/models/:model/batchEmbedContents': 'chat',
  'GET /v1/api-keys': 'keys',
  'POST /v1/api-keys': 'keys',
  'PATCH /v1/api-keys/:id': 'keys',
  'DELETE /v1/api-keys/:id': 'keys',
  'POST /v1/api-keys/:id/rotate': 'keys',
}

/** The scope a route takes, null for none; undefined for one that nobody has thought of. */
export function scopeOfRoute(method: string, pattern: string): Scope | null | undefined {
  return SCOPE_OF_ROUTE[`${method === 'HEAD' ? 'GET' : method} ${pattern}`]
}

const PATTERNS = Object.keys(SCOPE_OF_ROUTE).map((route) => {
  const [method, pattern] = route.split(' ') as [string, string]
  return { method, pattern, parts: pattern.split('/') }
})

/**
 * Refuses what a limited key may not do, as far as the request line tells; a path that is no route passes, to its 404.
 *
 * @param address of the client, behind trusted proxies
 * @throws AresError `forbidden`
 */
export function checkRequest(
  powers: Powers,
  { method, path, address }: { method: string; path: string; address: string },
): void {
  // Not 401: whoever holds the key learns nothing by it, and its owner, what to change.
  if (!allowsAddress(powers, address)) {
    throw new AresError('forbidden', 'This API key may not be used from this address.')
  }
  const pattern = patternOf(method === 'HEAD' ? 'GET' : method, path)
  if (pattern !== undefined) requireScope(powers, method, pattern)
}

/** @param pattern of the route: `/v1/agents/:name`. @throws AresError `forbidden` */
export function requireScope(powers: Powers, method: string, pattern: string): void {
  if (!powers.scopes) return
  const scope = scopeOfRoute(method, pattern)
  if (scope === null || (scope !== undefined && allowsScope(powers, scope))) return
  const fault = scope === undefined ? 'may not do this' : `lacks the scope “${scope}”`
  throw new AresError('forbidden', `This API key ${fault}.`)
}

function patternOf(method: string, path: string): string | undefined {
  const parts = path.split('/')
  return PATTERNS.find(
    (route) =>
      route.method === method &&
      route.parts.length === parts.length &&
      route.parts.every((part, index) => part.startsWith(':') || part === parts[index]),
  )?.pattern
}
