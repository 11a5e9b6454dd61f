import type { ProviderType } from './provider-types.ts'
import type { UpstreamHttp } from './upstream-http.ts'

/** The four plans a tenant can be on. Source: Admin API, "Create Tenant". */
export const TIERS = ['free', 'dev', 'pro', 'enterprise'] as const
export type Tier = (typeof TIERS)[number]

/** What a tier allows; `null` is no limit, 0 allows nothing. */
export interface TierLimits {
  runsPerMonth: number | null
  tokensPerMonth: number | null
  requestsPerMinute: number | null
}

export interface ModelConfig {
  /** What clients say; unique among enabled providers. */
  id: string
  /** What the provider calls it. */
  upstreamId: string
  contextLength: number
  /** What it writes at most in one answer, in tokens; absent when the operator does not say. */
  maxOutputTokens?: number
  supportsTools: boolean
  /** Whether it promises an answer in a JSON schema; absent when the operator does not say. */
  supportsSchemas?: boolean
  /** Whether it can be told how much to think; absent when the operator does not say. */
  supportsThinking?: boolean
  /** Whether it can look at images; told to clients, absent when the operator does not say. */
  supportsImages?: boolean
  /** USD per million tokens; null when the operator gave no price. */
  inputUsdPerMtok: number | null
  outputUsdPerMtok: number | null
  /** Of prompt tokens that come from the provider's cache, and of those that are written into it; null: as others. */
  cachedInputUsdPerMtok: number | null
  cacheWriteUsdPerMtok: number | null
}

/** What tenants' requests may say to a provider beyond asking for an answer, see `guarded-fields.ts`. */
export interface Allowances {
  fields: readonly string[]
  /** Addresses of images, documents and the like. */
  remoteMedia: boolean
}

export interface ProviderConfig {
  name: string
  type: ProviderType
  enabled: boolean
  /** Without a trailing slash; null for `demo`. */
  baseUrl: string | null
  /** Whether it takes requests of OpenAI's Responses API; `openai` alone. */
  responses: boolean
  /** The key itself, resolved from `api_key` or the environment; null when the server needs none or it is missing. */
  apiKey: string | null
  /** The environment variable that holds the key; null when it is in the file or there is none. */
  keyEnv: string | null
  /** True when a key was asked for (`api_key_env`) and is not in the environment: its models are unavailable. */
  keyMissing: boolean
  /** The proxy that its calls go through, with user and password; null when it is called directly. */
  proxyUrl: string | null
  connectTimeoutMs: number
  firstByteTimeoutMs: number
  idleTimeoutMs: number
  timeoutMs: number
  maxRetries: number
  maxResponseBytes: number
  /** What carries the requests. */
  http: UpstreamHttp
  /** Runs and chats under way at once on its models; at most the server's. */
  maxInFlight: number
  allows: Allowances
  models: ModelConfig[]
}

/** What an agent is made of. Source: contract 4.7. Names are those of the wire. */
export interface AgentConfig {
  model: string
  system_prompt?: string
  tools?: string[]
  max_tokens?: number
  temperature?: number
  top_p?: number
  metadata?: Record<string, unknown>
}

export interface AgentTemplate {
  name: string
  agent_type: string
  product_type: string
  config: AgentConfig
}

export interface ServerConfig {
  host: string
  port: number
  maxBodyBytes: number
  /** The same on the compatible routes. */
  maxCompatibleBodyBytes: number
  /** Of all requests under way together. */
  maxBodiesInFlightBytes: number
  /** Exact origins, or `['*']`. */
  corsOrigins: string[]
  /** Addresses or CIDR networks whose X-Forwarded-For or Forwarded is believed. */
  trustedProxies: string[]
  shutdownTimeoutS: number
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** Runs and chats under way at once, streams included. */
  maxInFlight: number
  /** The same for one tenant; at most `maxInFlight`. */
  maxInFlightPerTenant: number
  /** Requests without an answer yet. */
  maxPendingRequests: number
  /** The same for one tenant. */
  maxPendingRequestsPerTenant: number
  /** Of all answers under way. */
  maxAnswerBytes: number
  /** Absolute paths; null is plain HTTP. */
  tls: { cert: string; key: string } | null
}

export interface RetentionConfig {
  /** 0 keeps no content. */
  contentDays: number
  maxDatabaseBytes: number
  /** For how long entries of wrong admin secrets are kept. */
  authFailureDays: number
  /** Null depends on the size of the disk. */
  lowDiskBytes: number | null
  minDiskBytes: number | null
}

/** Where the data lie. */
export type DatabaseConfig = { maxWaitingWrites: number } & (
  | { kind: 'sqlite'; path: string }
  | PostgresConfig
)

interface PostgresConfig {
  kind: 'postgres'
  /** With its password. */
  url: string
  pool: number
  statementTimeoutMs: number
  acquireTimeoutMs: number
  preparedStatements: boolean
}

/** A checked `ares.toml`: every default filled in, every path absolute. Frozen; nothing changes it at run time. */
export interface Config {
  /** The file it came from; null for the embedded sample. */
  source: string | null
  server: ServerConfig
  /** The admin secret; null when the server is to generate and keep one. */
  adminSecret: string | null
  /** Wrong admin secrets of one network in a minute. */
  maxAdminFailuresPerMinute: number
  database: DatabaseConfig
  retention: RetentionConfig
  /** Used by built-in templates whose model is not configured. */
  defaultModel: string
  providers: ProviderConfig[]
  tiers: Record<Tier, TierLimits>
  /** Built-in templates and those of the file, every model resolved to a configured one. */
  templates: AgentTemplate[]
}
