import { parseHttpUrl } from '../config/http-url.ts'
import { HEADER_VALUE, MODEL_ID } from '../config/schema-parts.ts'
import { nameLike, unused } from './names.ts'
import type { PlannedModel, PlannedProvider, Taken } from './plan.ts'

/** The credential of a provider, as the source has it. */
export type KeySource =
  | { kind: 'none' }
  | { kind: 'variable'; name: string }
  | { kind: 'value'; value: string }

/** How a model is reached. */
export interface Connection {
  /** What the provider is called when the name is free. */
  name: string
  type: PlannedProvider['type']
  baseUrl: string
  key: KeySource
  timeoutMs?: number | null
  maxRetries?: number | null
}

/** Models that clients already reach under `agent:<name>` cannot have such an id. */
const AGENT_PREFIX = 'agent:'

/**
 * Gathers models into providers: one provider for each address and key. Of several models with one id the first that
 * can be taken is.
 */
export class ProviderGroups {
  readonly providers: PlannedProvider[] = []
  readonly secrets = new Map<string, string>()
  readonly #byConnection = new Map<string, PlannedProvider>()
  readonly #names: Set<string>
  readonly #owners: Map<string, string>

  constructor({ providerNames, modelOwners }: Taken) {
    this.#names = new Set(providerNames)
    this.#owners = new Map(modelOwners)
  }

  /** Enters the model; answers why it cannot be entered, or null. */
  add(connection: Connection, model: PlannedModel): string | null {
    const fault = modelFault(model) ?? connectionFault(connection) ?? this.#ownedFault(model)
    if (fault !== null) return fault
    const provider = this.#providerOf(connection)
    provider.timeoutMs = larger(provider.timeoutMs, connection.timeoutMs)
    provider.maxRetries = larger(provider.maxRetries, connection.maxRetries)
    provider.models.push(model)
    this.#owners.set(model.id, provider.name)
    return null
  }

  /** Offers an imported model under one more id. False when there is no such model, or the id cannot be taken. */
  addAlias(alias: string, id: string): boolean {
    for (const provider of this.providers) {
      const model = provider.models.find((model) => model.id === id)
      if (!model) continue
      const twin = { ...model, id: alias }
      if ((modelFault(twin) ?? this.#ownedFault(twin)) !== null) return false
      provider.models.push(twin)
      this.#owners.set(alias, provider.name)
      return true
    }
    return false
  }

  /** The provider that a model id belongs to, here or in the configuration in use. */
  ownerOf(id: string): string | undefined {
    return this.#owners.get(id)
  }

  #ownedFault({ id }: PlannedModel): string | null {
    const owner = this.#owners.get(id)
    return owner === undefined ? null : `provider ${owner} already has a model of this id`
  }

  #providerOf({ name, type, baseUrl, key }: Connection): PlannedProvider {
    const connection = JSON.stringify([type, baseUrl, key])
    const known = this.#byConnection.get(connection)
    if (known) return known
    const provider: PlannedProvider = {
      name: unused(nameLike(name) ?? 'provider', this.#names),
      type,
      baseUrl,
      keyEnv: null,
      timeoutMs: null,
      maxRetries: null,
      models: [],
    }
    this.#names.add(provider.name)
    provider.keyEnv = this.#variableOf(provider.name, key)
    this.#byConnection.set(connection, provider)
    this.providers.push(provider)
    return provider
  }

  #variableOf(provider: string, key: KeySource): string | null {
    if (key.kind === 'none') return null
    if (key.kind === 'variable') return key.name
    // With a prefix of its own: `OPENAI_API_KEY` may be set to something else where the server runs.
    const variable = `IMPORTED_${provider.toUpperCase().replaceAll('-', '_')}_API_KEY`
    this.secrets.set(variable, key.value)
    return variable
  }
}

function modelFault({ id, upstreamId }: PlannedModel): string | null {
  const allowed = new RegExp(MODEL_ID.pattern)
  for (const text of [id, upstreamId]) {
    if (!allowed.test(text) || !text.isWellFormed()) return `a model id is ${MODEL_ID.allowed}`
  }
  return id.startsWith(AGENT_PREFIX) ? `ids that begin with ${AGENT_PREFIX} are agents here` : null
}

function connectionFault({ baseUrl, key }: Connection): string | null {
  const url = parseHttpUrl(baseUrl)
  if (url === null || /\s/.test(baseUrl)) return 'its address is no http:// or https:// URL'
  if (url.username !== '' || url.password !== '') return 'its address holds a user or password'
  if (/[?#]/.test(baseUrl)) return 'its address has a query or fragment'
  if (key.kind === 'value' && !new RegExp(HEADER_VALUE.pattern).test(key.value)) {
    return `its key cannot be sent: a key is of ${HEADER_VALUE.allowed}`
  }
  return null
}

function larger(a: number | null, b: number | null | undefined): number | null {
  return a === null || b === null || b === undefined ? (a ?? b ?? null) : Math.max(a, b)
}
