/*
 * What an import would do, before anything is written. Readers of other gateways' files make it (`read-litellm.ts`,
 * `read-one-api.ts`); the report, the configuration and the database are all made from it.
 */

/** All of an import. */
export interface ImportPlan {
  /** What it comes from, for the heading: `LiteLLM, config.yaml`. */
  source: string
  providers: PlannedProvider[]
  /** Provider keys found in the source, by the environment variable that will hold them. Never shown. */
  secrets: Map<string, string>
  tenants: PlannedTenant[]
  leftOut: LeftOut[]
  /** What is imported but will not be quite as it was. */
  notes: string[]
}

/** A `[[providers]]` table. */
export interface PlannedProvider {
  name: string
  type: 'openai' | 'anthropic'
  baseUrl: string
  /** The environment variable that holds its key; null for servers that need none. */
  keyEnv: string | null
  timeoutMs: number | null
  maxRetries: number | null
  models: PlannedModel[]
}

/** A `[[providers.models]]` table. */
export interface PlannedModel {
  id: string
  upstreamId: string
  /** What it is asked for. Agents and chats need a chat model. */
  mode: 'chat' | 'embedding'
  contextLength: number
  /** True when the source does not tell the context length. */
  isContextAssumed: boolean
  maxOutputTokens: number | null
  supportsTools: boolean
  inputUsdPerMtok: number | null
  outputUsdPerMtok: number | null
  cachedInputUsdPerMtok: number | null
  cacheWriteUsdPerMtok: number | null
}

/** A tenant with its new keys. */
export interface PlannedTenant {
  name: string
  /** What the source calls it. */
  sourceName: string
  keys: PlannedKey[]
}

/** A new key in place of an old one. */
export interface PlannedKey {
  label: string
  /** What its holder sends today; only the mapping file tells it. */
  oldKey: string
  /** UTC timestamp as it is stored; null when it does not expire. */
  expiresAt: string | null
  /** Model ids it may be used for; null for all. */
  models: string[] | null
  /** Addresses and networks it may be used from; null for all. */
  networks: string[] | null
}

/** Something of the source that is not imported, and why. */
export interface LeftOut {
  what: string
  why: string
}

/** Names and ids that the configuration in use has already, where imported things must not clash. */
export interface Taken {
  providerNames: ReadonlySet<string>
  /** The provider of each enabled model id. */
  modelOwners: ReadonlyMap<string, string>
}
