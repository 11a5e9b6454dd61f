import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { ADMIN_SECRET, type AresProcess, configFor, startAres } from '../../binary/ares.ts'
import { type Caller, operator, provision, tenantCaller } from '../../binary/callers.ts'
import { MALFORMED } from './matrix-rules.ts'
import type { Operation } from './openapi.ts'

export type Credential = 'A' | 'B' | 'revoked' | 'expired' | 'none' | 'admin'
export type Relation = 'own' | 'foreign' | 'missing' | 'malformed'
export const CREDENTIALS: Credential[] = ['A', 'B', 'revoked', 'expired', 'none', 'admin']
export const RELATIONS: Relation[] = ['own', 'foreign', 'missing', 'malformed']

/** A tenant whose every string says whose it is. */
interface Side {
  id: string
  /** Stands in every name, prompt and message of this tenant and of nobody else. */
  sentinel: string
  secret: string
  /** Of its agent. */
  run: string
  /** A kept one. */
  response: string
}

/** Two tenants with agents of equal names, keys in every state, and an operator. */
export class MatrixWorld {
  readonly server: AresProcess
  readonly #admin: Caller
  readonly #sides: { A: Side; B: Side }
  readonly #keys: { revoked: string; expired: string }
  readonly #deletedTenant: string
  readonly #alert: string
  #made = 0

  private constructor(server: AresProcess, parts: Parts) {
    this.server = server
    this.#admin = operator(server)
    this.#sides = { A: parts.a, B: parts.b }
    this.#keys = parts.keys
    this.#deletedTenant = parts.deletedTenant
    this.#alert = parts.alert
  }

  static async start(providerUrl: string): Promise<MatrixWorld> {
    const config = configFor(providerUrl, { more: '[tiers.dev]\nruns_per_month = 5\n' })
    const first = await startAres({ config })
    const [a, b] = [await newSide(first, 'sentinel-a'), await newSide(first, 'sentinel-b')]
    const revoked = await newKey(first, a.id, 'revoked')
    await operator(first).delete(`/api/admin/tenants/${a.id}/api-keys/${revoked.id}`)
    const expired = await newKey(first, a.id, 'expired')
    const deleted = await provision(first, { name: 'deleted' })
    await operator(first).delete(`/api/admin/tenants/${deleted.id}`)
    const alert = await raiseAlert(first)
    await first.stop()
    expire(first.folder, expired.id)
    const keys = { revoked: revoked.raw_key, expired: expired.raw_key }
    const server = await startAres({ cwd: first.folder })
    return new MatrixWorld(server, { a, b, keys, deletedTenant: deleted.id, alert })
  }

  headersOf(credential: Credential): Record<string, string> {
    if (credential === 'none') return {}
    if (credential === 'admin') return { 'x-admin-secret': ADMIN_SECRET }
    const secrets = { A: this.#sides.A.secret, B: this.#sides.B.secret, ...this.#keys }
    return bearer(secrets[credential])
  }

  /** What nobody but this tenant may read. */
  secretsOf(owner: 'A' | 'B'): string[] {
    const { id, sentinel, secret } = this.#sides[owner]
    return [id, sentinel, secret]
  }

  /** All that a tenant has, as far as another one might change it. */
  async stateOf(owner: 'A' | 'B'): Promise<string> {
    const path = `/api/admin/tenants/${this.#sides[owner].id}`
    const [tenant, agents, keys] = await Promise.all(
      ['', '/agents', '/api-keys'].map((rest) => this.#admin.get(path + rest)),
    )
    const lasting = keys!.body.keys.map((key: object) => ({ ...key, last_used: null }))
    return JSON.stringify([tenant!.body, agents!.body, lasting])
  }

  /** Paths of an operation that stand in that relation to the caller; none where there is no such relation. */
  async pathsOf(
    { path, slots }: Operation,
    { caller, relation, consumes }: Aim,
  ): Promise<string[]> {
    const own = caller === 'B' ? 'B' : 'A'
    const other = own === 'A' ? 'B' : 'A'
    const last = slots.at(-1)
    if (last === undefined) return relation === 'own' ? [path] : []
    const filled = (value: string) =>
      path.replace(`{${last}}`, () => value).replace('{id}', this.#sides[own].id)
    if (relation === 'malformed') return MALFORMED.map(filled)
    if (relation === 'missing') return [filled(isName(last) ? 'no-such' : crypto.randomUUID())]
    const thing = path.startsWith('/api/admin/') ? this.#operatorsThing(path, own) : undefined
    if (thing !== undefined) return relation === 'own' ? [filled(thing)] : []
    if (path.startsWith('/api/admin/') && slots.length === 1) {
      return [filled(relation === 'own' ? await this.#tenant(own, consumes) : this.#deletedTenant)]
    }
    const owner = relation === 'own' ? own : other
    if (path.startsWith('/v1/runs/')) return [filled(this.#sides[owner].run)]
    if (path.startsWith('/v1/responses/')) return [filled(await this.#response(owner, consumes))]
    // An agent has no embeddings.
    if (relation === 'own' && /:\w*embedContent/i.test(path)) return [filled('m')]
    // Agents stand beside the models there.
    if (/^\/v1(beta)?\/models\//.test(path))
      return [filled(`agent:${await this.#agent(owner, consumes)}`)]
    return [filled(await (isName(last) ? this.#agent(owner, consumes) : this.#key(owner)))]
  }

  /** What is not found below a tenant: to operators there is none of somebody else. */
  #operatorsThing(path: string, owner: 'A' | 'B'): string | undefined {
    if (path.includes('/alerts/')) return this.#alert
    if (path.includes('/admin/runs/')) return this.#sides[owner].run
    return path.includes('/models/') ? 'm' : undefined
  }

  async #tenant(owner: 'A' | 'B', consumes: boolean): Promise<string> {
    if (!consumes) return this.#sides[owner].id
    const name = `consumed-${++this.#made}`
    return (await this.#admin.post('/api/admin/tenants', { name, tier: 'free' })).body.id
  }

  async #agent(owner: 'A' | 'B', consumes: boolean): Promise<string> {
    const { id, sentinel } = this.#sides[owner]
    if (!consumes) return `${sentinel}-agent`
    return newAgent(this.server, { id, sentinel }, `${sentinel}-${++this.#made}`)
  }

  async #response(owner: 'A' | 'B', consumes: boolean): Promise<string> {
    const { id, sentinel, secret, response } = this.#sides[owner]
    if (!consumes) return response
    return keptResponse(tenantCaller(this.server, id, secret), sentinel)
  }

  async #key(owner: 'A' | 'B'): Promise<string> {
    const { id, sentinel } = this.#sides[owner]
    return (await newKey(this.server, id, sentinel)).id
  }
}

interface Aim {
  caller: Credential
  relation: Relation
  consumes: boolean
}

interface Parts {
  a: Side
  b: Side
  keys: { revoked: string; expired: string }
  deletedTenant: string
  alert: string
}

const isName = (slot: string) => slot === 'name'

const bearer = (secret: string) => ({ authorization: `Bearer ${secret}` })

async function newSide(server: AresProcess, sentinel: string): Promise<Side> {
  const { id, secret } = await provision(server, { name: sentinel })
  await newAgent(server, { id, sentinel }, 'twin')
  const agent = await newAgent(server, { id, sentinel }, `${sentinel}-agent`)
  const own = tenantCaller(server, id, secret)
  const ask = (name: string) => own.post(`/v1/agents/${name}/run`, { input: { message: sentinel } })
  await ask('twin')
  const { body } = await ask(agent)
  return { id, sentinel, secret, run: body.id, response: await keptResponse(own, sentinel) }
}

async function keptResponse(tenant: Caller, input: string): Promise<string> {
  return (await tenant.post('/v1/responses', { model: 'm', input })).body.id
}

async function newAgent(
  server: { url: string },
  { id, sentinel }: Pick<Side, 'id' | 'sentinel'>,
  name: string,
): Promise<string> {
  const config = { model: 'm', system_prompt: `You serve ${sentinel}.` }
  const agent = { name, agent_type: 'custom', config }
  await operator(server).post(`/api/admin/tenants/${id}/agents`, agent)
  return name
}

async function newKey(server: { url: string }, tenantId: string, name: string) {
  const { body } = await operator(server).post(`/api/admin/tenants/${tenantId}/api-keys`, {
    name,
    expires_in_days: 1,
  })
  return body as { id: string; raw_key: string }
}

/** Uses up four fifths of a quota. */
async function raiseAlert(server: AresProcess): Promise<string> {
  const tenant = await provision(server, { name: 'alerted', tier: 'dev' })
  for (let run = 0; run < 4; run++) await tenant.run()
  return (await operator(server).get('/api/admin/alerts')).body.alerts[0].id
}

/** Nobody can wait a day: the stopped server's key is made to have expired. */
function expire(folder: string, keyId: string): void {
  const database = new Database(join(folder, 'data/ares.db'))
  const past = '2020-01-01T00:00:00.000Z'
  database.query('update api_keys set expires_at = ? where id = ?').run(past, keyId)
  database.close()
}
