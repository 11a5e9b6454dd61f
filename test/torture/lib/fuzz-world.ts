import { ADMIN_SECRET } from '../../binary/ares.ts'
import { type Caller, operator, provision, type Provisioned } from '../../binary/callers.ts'
import type { FuzzedRequest } from './fuzzed-requests.ts'
import type { Operation } from './openapi.ts'
import type { HttpRequest } from './requests.ts'

/** What generated requests are aimed at: a tenant that asks, and another one that operators may do anything to. */
export class FuzzWorld {
  readonly #admin: Caller
  readonly #asking: Provisioned
  readonly #target: Provisioned
  #made = 0
  /** A run of each tenant, by its id. */
  readonly #runs: Record<string, string> = {}

  private constructor(admin: Caller, asking: Provisioned, target: Provisioned) {
    this.#admin = admin
    this.#asking = asking
    this.#target = target
  }

  static async on(server: { url: string }): Promise<FuzzWorld> {
    const asking = await provision(server, { name: 'asking' })
    return new FuzzWorld(operator(server), asking, await provision(server, { name: 'target' }))
  }

  /** The request with what `own` stands for in its path, and the right credential unless it brings a wrong one. */
  async resolve(operation: Operation, fuzzed: FuzzedRequest): Promise<HttpRequest> {
    let path = operation.path
    for (const [index, slot] of operation.slots.entries()) {
      const value = fuzzed.slots[index] ?? (await this.#own(operation, slot))
      path = path.replace(`{${slot}}`, () => value)
    }
    return {
      method: operation.method,
      path: path + fuzzed.query,
      headers: {
        ...this.#credential(operation, fuzzed.credential),
        ...(fuzzed.body !== undefined && { 'content-type': fuzzed.contentType }),
      },
      body: fuzzed.body,
    }
  }

  #credential({ path }: Operation, wrong: string | null): Record<string, string> {
    if (path.startsWith('/api/admin/')) return { 'x-admin-secret': wrong ?? ADMIN_SECRET }
    return { authorization: wrong ?? `Bearer ${this.#asking.secret}` }
  }

  /** Something of that kind which is there; what may be renamed or deleted is made for the occasion. */
  async #own({ method, path }: Operation, slot: string): Promise<string> {
    const isTenants = path.startsWith('/v1/')
    const tenant = isTenants ? this.#asking : this.#target
    const changes = method === 'DELETE' || method === 'PUT'
    if (slot === 'name') return changes ? this.#newAgent(tenant) : 'assistant'
    if (path.includes('/runs/')) return (this.#runs[tenant.id] ??= (await tenant.run()).body.id)
    if (path.includes('/models/')) return 'm'
    if (slot === 'key_id' || isTenants) return this.#newKey(tenant)
    if (path.includes('/alerts/')) return crypto.randomUUID()
    return path.endsWith('/{id}') && method === 'DELETE' ? this.#newTenant() : tenant.id
  }

  async #newTenant(): Promise<string> {
    const name = `tenant-${++this.#made}`
    const { body } = await this.#admin.post('/api/admin/tenants', { name, tier: 'free' })
    return body.id
  }

  async #newAgent({ id }: Provisioned): Promise<string> {
    const name = `agent-${++this.#made}`
    const agent = { name, agent_type: 'custom', config: { model: 'm' } }
    await this.#admin.post(`/api/admin/tenants/${id}/agents`, agent)
    return name
  }

  async #newKey({ id }: Provisioned): Promise<string> {
    const { status, body } = await this.#admin.post(`/api/admin/tenants/${id}/api-keys`, {
      name: 'fuzz',
    })
    // Generated requests make keys too, until there are too many.
    return status === 201 ? body.id : crypto.randomUUID()
  }
}
