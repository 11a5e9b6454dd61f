import { expect, test } from 'bun:test'
import { nearPath } from '../../../src/http/near-path.ts'

const ROUTES = [
  '/v1/chat/completions',
  '/v1/messages',
  '/v1/agents/x/run',
  '/api/admin/tenants',
  '/health',
]
const near = (path: string) => nearPath(path, (candidate) => ROUTES.includes(candidate))

test.each([
  ['/chat/completions', '/v1/chat/completions'],
  ['/v1/v1/chat/completions', '/v1/chat/completions'],
  ['/v1/v1/v1/messages', '/v1/messages'],
  ['/api/v1/messages', '/v1/messages'],
  ['/openai/v1/v1/messages', '/v1/messages'],
  ['/agents/x/run', '/v1/agents/x/run'],
  ['/admin/tenants', '/api/admin/tenants'],
  ['/v1/admin/tenants', '/api/admin/tenants'],
  ['/tenants', '/api/admin/tenants'],
  ['/v1/health', '/health'],
])('%s is near %s', (path, meant) => expect(near(path)).toBe(meant))

test.each(['/', '/nothing', '/v1/nothing', '/v1', '/agents/<x>/run', '/agents/ares_abc/run'])(
  'nothing is near %s',
  (path) => expect(near(path)).toBeNull(),
)
