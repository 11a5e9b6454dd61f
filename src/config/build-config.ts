import { resolve } from 'node:path'
import { BUILT_IN_TEMPLATES } from './templates.ts'
import { databasePath, isPostgres } from './check-database.ts'
import {
  type Config,
  type DatabaseConfig,
  type ModelConfig,
  type ProviderConfig,
  type RetentionConfig,
  type ServerConfig,
  type Tier,
  type TierLimits,
} from './config.ts'
import { readSecret, type Env } from './environment.ts'
import { allowsRemoteMedia } from './guarded-fields.ts'
import { traitsOf } from './provider-types.ts'
import { proxyFor } from './resolve-proxy.ts'
import { resolveTemplates } from './resolve-templates.ts'
import type { ConfigFile } from './schema.ts'

/** Where a configuration comes from. */
export interface ConfigOrigin {
  /** The file; null for the embedded sample. */
  source: string | null
  /** What relative paths in it are relative to; absolute. */
  directory: string
  env: Env
}

type ServerTable = ConfigFile['server']
type ProviderTable = ConfigFile['providers'][number]
type ModelTable = ProviderTable['models'][number]

/** The configuration that a file without mistakes stands for; frozen all through. */
export function buildConfig(file: ConfigFile, { source, directory, env }: ConfigOrigin): Config {
  const providers = file.providers.map((provider) => buildProvider(provider, file, env))
  const defaultModel = file.defaults.model ?? firstModel(providers)
  return deepFreeze({
    source,
    server: buildServer(file.server, directory),
    adminSecret: file.admin.secret ?? secretFrom(env, file.admin.secret_env),
    maxAdminFailuresPerMinute: file.admin.max_failures_per_minute,
    database: buildDatabase(file.database, directory),
    retention: buildRetention(file.retention),
    defaultModel,
    providers,
    tiers: buildTiers(file.tiers),
    templates: resolveTemplates(BUILT_IN_TEMPLATES, file.agent_templates, providers, defaultModel),
  })
}

function buildDatabase(database: ConfigFile['database'], directory: string): DatabaseConfig {
  const maxWaitingWrites = database.max_waiting_writes
  if (!isPostgres(database.url)) {
    return {
      kind: 'sqlite',
      path: resolve(directory, databasePath(database.url)),
      maxWaitingWrites,
    }
  }
  return {
    kind: 'postgres',
    url: database.url,
    pool: database.pool,
    statementTimeoutMs: database.statement_timeout_ms,
    acquireTimeoutMs: database.acquire_timeout_ms,
    preparedStatements: database.prepared_statements,
    maxWaitingWrites,
  }
}

function buildServer(server: ServerTable, directory: string): ServerConfig {
  const { tls_cert, tls_key } = server
  const hasTls = tls_cert !== undefined && tls_key !== undefined
  return {
    host: server.host,
    port: server.port,
    maxBodyBytes: server.max_body_bytes,
    maxCompatibleBodyBytes: server.max_compatible_body_bytes,
    maxBodiesInFlightBytes: server.max_bodies_in_flight_bytes,
    corsOrigins: server.cors_origins,
    trustedProxies: server.trusted_proxies,
    shutdownTimeoutS: server.shutdown_timeout_s,
    logLevel: server.log_level,
    maxInFlight: server.max_in_flight,
    maxInFlightPerTenant: server.max_in_flight_per_tenant ?? share(server.max_in_flight, 4),
    maxPendingRequests: server.max_pending_requests,
    maxPendingRequestsPerTenant:
      server.max_pending_requests_per_tenant ?? share(server.max_pending_requests, 4),
    maxAnswerBytes: server.max_answer_bytes,
    tls: hasTls ? { cert: resolve(directory, tls_cert), key: resolve(directory, tls_key) } : null,
  }
}

function buildRetention(retention: ConfigFile['retention']): RetentionConfig {
  return {
    contentDays: retention.content_days,
    maxDatabaseBytes: retention.max_database_mb * MIB,
    authFailureDays: retention.auth_failure_days,
    lowDiskBytes: bytesOf(retention.low_disk_mb),
    minDiskBytes: bytesOf(retention.min_disk_mb),
  }
}

const MIB = 1024 * 1024

function bytesOf(mib: number | undefined): number | null {
  return mib === undefined ? null : mib * MIB
}

function buildProvider(
  provider: ProviderTable,
  { server, egress }: Pick<ConfigFile, 'server' | 'egress'>,
  env: Env,
): ProviderConfig {
  const apiKey = provider.api_key ?? secretFrom(env, provider.api_key_env)
  const givenUrl = provider.base_url ?? traitsOf(provider.type).defaultUrl
  const baseUrl = givenUrl === null ? null : trimBaseUrl(provider.type, givenUrl)
  return {
    name: provider.name,
    type: provider.type,
    enabled: provider.enabled,
    baseUrl,
    responses: provider.responses,
    apiKey,
    keyEnv: provider.api_key_env ?? null,
    keyMissing: provider.api_key_env !== undefined && apiKey === null,
    proxyUrl: baseUrl === null ? null : proxyFor(baseUrl, { own: provider, egress }, env),
    connectTimeoutMs: provider.connect_timeout_ms,
    firstByteTimeoutMs: provider.first_byte_timeout_ms,
    idleTimeoutMs: provider.idle_timeout_ms,
    timeoutMs: provider.timeout_ms,
    maxRetries: provider.max_retries,
    maxResponseBytes: provider.max_response_bytes,
    http: provider.http,
    maxInFlight: provider.max_in_flight ?? share(server.max_in_flight, 2),
    allows: {
      fields: provider.allow_fields,
      remoteMedia: provider.allow_remote_media ?? allowsRemoteMedia(baseUrl),
    },
    models: provider.models.map(buildModel),
  }
}

/** Of what the server takes at once, so that neither one tenant nor one provider that hangs takes all from the others. */
function share(total: number, parts: number): number {
  return Math.ceil(total / parts)
}

/** Anthropic's address is the origin; `/v1` is part of each call and tolerated here, as Gemini's `/v1beta`. Source: contract 2.3. */
function trimBaseUrl(type: ProviderConfig['type'], url: string): string {
  const trimmed = url.replace(/\/+$/, '')
  const { toleratedPath } = traitsOf(type)
  return toleratedPath ? trimmed.replace(toleratedPath, '') : trimmed
}

function buildModel(model: ModelTable): ModelConfig {
  return {
    id: model.id,
    upstreamId: model.upstream_id ?? model.id,
    contextLength: model.context_length,
    ...(model.max_output_tokens !== undefined && { maxOutputTokens: model.max_output_tokens }),
    supportsTools: model.supports_tools,
    ...(model.supports_schemas !== undefined && { supportsSchemas: model.supports_schemas }),
    ...(model.supports_thinking !== undefined && { supportsThinking: model.supports_thinking }),
    ...(model.supports_images !== undefined && { supportsImages: model.supports_images }),
    inputUsdPerMtok: model.input_usd_per_mtok ?? null,
    outputUsdPerMtok: model.output_usd_per_mtok ?? null,
    cachedInputUsdPerMtok: model.cached_input_usd_per_mtok ?? null,
    cacheWriteUsdPerMtok: model.cache_write_usd_per_mtok ?? null,
  }
}

function buildTiers({ free, dev, pro, enterprise }: ConfigFile['tiers']): Record<Tier, TierLimits> {
  return {
    free: buildLimits(free),
    dev: buildLimits(dev),
    pro: buildLimits(pro),
    enterprise: buildLimits(enterprise),
  }
}

function buildLimits(limits: ConfigFile['tiers'][Tier]): TierLimits {
  return {
    runsPerMonth: limits.runs_per_month ?? null,
    tokensPerMonth: limits.tokens_per_month ?? null,
    requestsPerMinute: limits.requests_per_minute ?? null,
  }
}

function secretFrom(env: Env, name: string | undefined): string | null {
  return name === undefined ? null : readSecret(env, name)
}

function firstModel(providers: readonly ProviderConfig[]): string {
  const models = providers.filter(({ enabled }) => enabled).flatMap(({ models }) => models)
  const [first] = models
  if (first === undefined) throw new TypeError('A checked configuration has an enabled model.')
  return first.id
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(deepFreeze)
  }
  return value
}
