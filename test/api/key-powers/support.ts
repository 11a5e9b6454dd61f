import { AdminCreatedKey } from '../../../src/api-keys/schema.ts'
import { expectReply } from '../../expect-reply.ts'
import type { TestApp, TestTenant } from '../../harness.ts'

/** A key with limits, and requests made with it. */
export interface LimitedKey {
  id: string
  secret: string
  send: Send
}

export type Send = (
  method: string,
  path: string,
  body?: unknown,
  options?: { address?: string; headers?: Record<string, string> },
) => Promise<Response>

/** Requests with this secret, JSON where there is a body. */
export function sender(app: TestApp, secret: string): Send {
  return (method, path, body, { address, headers } = {}) =>
    app.fetch(path, {
      method,
      ...(address !== undefined && { address }),
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
}

/** A key that the operator makes for the tenant, with these limits. */
export async function newKey(
  app: TestApp,
  tenant: Pick<TestTenant, 'id'>,
  limits: object = {},
): Promise<LimitedKey> {
  const path = `/api/admin/tenants/${tenant.id}/api-keys`
  const reply = await app.admin.post(path, { name: 'limited', ...limits })
  const { id, raw_key } = await expectReply(reply, 201, AdminCreatedKey)
  return { id, secret: raw_key, send: sender(app, raw_key) }
}

export const CHAT = { model: 'm-tools', messages: [{ role: 'user', content: 'Hello' }] }
export const RUN = { input: { message: 'Hello' } }
export const NEVER = '0195f1a0-0000-7000-8000-000000000000'
