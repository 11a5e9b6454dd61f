import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ADMIN_SECRET, type AresProcess } from './ares.ts'

/** JSON as the tests read it: every test asserts what it uses. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any

export interface Reply {
  status: number
  headers: Headers
  body: Json
}

/** One caller with one credential. */
export interface Caller {
  get(path: string): Promise<Reply>
  post(path: string, body?: unknown): Promise<Reply>
  put(path: string, body: unknown): Promise<Reply>
  patch(path: string, body: unknown): Promise<Reply>
  delete(path: string): Promise<Reply>
}

function caller(url: string, credential: Record<string, string>): Caller {
  const send = async (method: string, path: string, body?: unknown): Promise<Reply> => {
    const response = await fetch(url + path, {
      method,
      headers: { ...credential, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : JSON.parse(text),
    }
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    delete: (path) => send('DELETE', path),
  }
}

/** The operator, with the secret of `configFor` unless another is given. */
export function operator({ url }: { url: string }, secret = ADMIN_SECRET): Caller {
  return caller(url, { 'x-admin-secret': secret })
}

/** The secret that a first start generated. */
export function generatedSecret({ folder }: AresProcess): string {
  return readFileSync(join(folder, 'data/admin-secret'), 'utf8').trim()
}

export function client({ url }: { url: string }, secret: string): Caller {
  return caller(url, { authorization: `Bearer ${secret}` })
}

export interface Provisioned extends Caller {
  id: string
  secret: string
  /** One run of its agent `assistant`. */
  run(message?: string): Promise<Reply>
}

/** A provisioned tenant with the generic agents. */
export async function provision(
  server: { url: string },
  { name = 'acme', tier = 'enterprise', secret = ADMIN_SECRET } = {},
): Promise<Provisioned> {
  const { status, body } = await operator(server, secret).post('/api/admin/provision-client', {
    name,
    tier,
    product_type: 'generic',
    api_key_name: 'test',
  })
  if (status !== 201) throw new Error(`provisioning: ${status} ${JSON.stringify(body)}`)
  return tenantCaller(server, body.tenant_id, body.raw_api_key)
}

/** The same tenant on a server that was started again. */
export function tenantCaller(server: { url: string }, id: string, secret: string): Provisioned {
  const own = client(server, secret)
  return {
    ...own,
    id,
    secret,
    run: (message = 'Hello') => own.post('/v1/agents/assistant/run', { input: { message } }),
  }
}
