import { ADMIN_SECRET, type AresProcess, startAres } from '../binary/ares.ts'

/* Several compiled servers on one database, and requests to each of them. */

/** The whole configuration of a node. */
export function configFor(databaseUrl: string, more = ''): string {
  return `
[admin]
secret = "${ADMIN_SECRET}"

[database]
url = "${databaseUrl}"

[[providers]]
name = "demo"
type = "demo"

[[providers.models]]
id = "demo"
context_length = 8000
${more}`
}

export interface Cluster {
  nodes: AresProcess[]
  /** Asks a node, each in turn where none is named. */
  ask(path: string, init?: Asked, node?: AresProcess): Promise<Response>
  admin(method: string, path: string, body?: unknown, node?: AresProcess): Promise<Response>
  /** A tenant and its first key, with the agents of the generic product. */
  tenant(tier?: string): Promise<Tenant>
}

interface Asked {
  method?: string
  key?: string
  body?: unknown
}

export interface Tenant {
  id: string
  key: string
  keyId: string
  run(node?: AresProcess): Promise<Response>
}

/** Starts so many nodes at once on an empty database. */
export async function startCluster(
  count: number,
  databaseUrl: string,
  more = '',
): Promise<Cluster> {
  const config = configFor(databaseUrl, more)
  const nodes = await Promise.all(Array.from({ length: count }, () => startAres({ config })))
  let turn = 0
  let tenants = 0
  const next = () => nodes[turn++ % nodes.length]!
  const ask: Cluster['ask'] = (path, { method = 'GET', key, body } = {}, node = next()) =>
    fetch(node.url + path, {
      method,
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const admin: Cluster['admin'] = (method, path, body, node = next()) =>
    fetch(node.url + path, {
      method,
      headers: { 'x-admin-secret': ADMIN_SECRET, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return {
    nodes,
    ask,
    admin,
    async tenant(tier = 'enterprise') {
      const name = `tenant-${++tenants}`
      const body = { name, tier, product_type: 'generic', api_key_name: 'first' }
      const made = await admin('POST', '/api/admin/provision-client', body)
      const reply = (await made.json()) as {
        tenant_id: string
        api_key_id: string
        raw_api_key: string
      }
      return tenantOf(ask, reply.tenant_id, reply.api_key_id, reply.raw_api_key)
    },
  }
}

/** The same tenant under another key. */
export function withKey(cluster: Cluster, { id }: Tenant, keyId: string, key: string): Tenant {
  return tenantOf((path, init, node) => cluster.ask(path, init, node), id, keyId, key)
}

function tenantOf(ask: Cluster['ask'], id: string, keyId: string, key: string): Tenant {
  const body = { input: { message: 'Hello' } }
  return {
    id,
    key,
    keyId,
    run: (node) => ask('/v1/agents/assistant/run', { method: 'POST', key, body }, node),
  }
}
