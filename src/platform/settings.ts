import { sql } from 'kysely'
import type { Clock } from '../clock.ts'
import type { AgentTemplate, Config, ProviderConfig } from '../config/config.ts'
import { toTimestamp, toWireTime } from '../db/columns.ts'
import type { DatabaseFile } from '../db/database.ts'
import type { Db } from '../db/tables.ts'
import type { ForwardingNews } from '../alerts/forwarding-news.ts'
import type { DiskSpace } from '../retention/disk-space.ts'
import { toLimits } from '../tenants/limits.ts'
import { toolCatalog } from '../tools/catalog.ts'
import type { Configuration, Settings } from './settings-schema.ts'

export interface SettingsDeps {
  config: Config
  file: Pick<DatabaseFile, 'sizes'>
  db: Db
  clock: Clock
  version: string
  nodeId: string
  diskSpace: () => Promise<DiskSpace>
  /** What proxies have sent. */
  forwarding: Pick<ForwardingNews, 'untrustedPeers'>
}

/** Tells what this server is; counts its age from now on. Masks what is secret, and addresses and paths. */
export function settingsReader(deps: SettingsDeps): () => Promise<Settings> {
  const { config, clock, version, nodeId } = deps
  const startedMs = clock.monotonicMs()
  const started_at = toWireTime(toTimestamp(clock.now()))
  const { free, dev, pro, enterprise } = config.tiers
  return async () => ({
    version,
    node: nodeId,
    started_at,
    uptime_s: Math.floor((clock.monotonicMs() - startedMs) / 1000),
    database: await databaseState(deps),
    untrusted_proxies: deps.forwarding.untrustedPeers,
    configuration: configurationOf(config),
    tiers: {
      free: toLimits(free),
      dev: toLimits(dev),
      pro: toLimits(pro),
      enterprise: toLimits(enterprise),
    },
    tools: offeredTools(),
    product_types: productTypes(config.templates),
  })
}

async function databaseState({
  config,
  file,
  db,
  diskSpace,
}: SettingsDeps): Promise<Settings['database']> {
  const space = await diskSpace().catch(() => null)
  const { fileBytes, logBytes } = await file.sizes()
  return {
    kind: config.database.kind,
    size_bytes: fileBytes,
    log_bytes: logBytes,
    disk_free_bytes: space && Math.floor(space.freeBytes),
    schema_version: await schemaVersion(db),
  }
}

async function schemaVersion(db: Db): Promise<string> {
  const { rows } = await sql<{
    name: string
  }>`select max(name) as name from kysely_migration`.execute(db)
  return rows[0]!.name
}

function configurationOf(config: Config): Configuration {
  const { server, retention, database } = config
  return {
    source: config.source === null ? 'built_in' : 'file',
    server: {
      host: server.host,
      port: server.port,
      max_body_bytes: server.maxBodyBytes,
      max_compatible_body_bytes: server.maxCompatibleBodyBytes,
      max_bodies_in_flight_bytes: server.maxBodiesInFlightBytes,
      cors_origins: server.corsOrigins,
      trusted_proxies: server.trustedProxies,
      shutdown_timeout_s: server.shutdownTimeoutS,
      log_level: server.logLevel,
      max_in_flight: server.maxInFlight,
      max_in_flight_per_tenant: server.maxInFlightPerTenant,
      max_pending_requests: server.maxPendingRequests,
      max_pending_requests_per_tenant: server.maxPendingRequestsPerTenant,
      max_answer_bytes: server.maxAnswerBytes,
      tls: masked(server.tls),
    },
    admin: {
      secret: config.adminSecret === null ? 'generated' : 'set',
      max_failures_per_minute: config.maxAdminFailuresPerMinute,
    },
    database: { kind: database.kind, max_waiting_writes: database.maxWaitingWrites },
    defaults: { model: config.defaultModel },
    retention: {
      content_days: retention.contentDays,
      max_database_bytes: retention.maxDatabaseBytes,
      auth_failure_days: retention.authFailureDays,
      low_disk_bytes: retention.lowDiskBytes,
      min_disk_bytes: retention.minDiskBytes,
    },
    providers: config.providers.map(providerSettings),
  }
}

function masked(value: unknown): 'set' | 'missing' {
  return value === null ? 'missing' : 'set'
}

function providerSettings(provider: ProviderConfig): Configuration['providers'][number] {
  return {
    name: provider.name,
    type: provider.type,
    enabled: provider.enabled,
    base_url: masked(provider.baseUrl),
    api_key: masked(provider.apiKey),
    proxy: masked(provider.proxyUrl),
    connect_timeout_ms: provider.connectTimeoutMs,
    first_byte_timeout_ms: provider.firstByteTimeoutMs,
    idle_timeout_ms: provider.idleTimeoutMs,
    timeout_ms: provider.timeoutMs,
    max_retries: provider.maxRetries,
    max_response_bytes: provider.maxResponseBytes,
    max_in_flight: provider.maxInFlight,
    allow_fields: [...provider.allows.fields],
    allow_remote_media: provider.allows.remoteMedia,
    models: provider.models.map((model) => ({
      id: model.id,
      upstream_id: model.upstreamId,
      context_length: model.contextLength,
      supports_tools: model.supportsTools,
      input_usd_per_mtok: model.inputUsdPerMtok,
      output_usd_per_mtok: model.outputUsdPerMtok,
      cached_input_usd_per_mtok: model.cachedInputUsdPerMtok,
      cache_write_usd_per_mtok: model.cacheWriteUsdPerMtok,
    })),
  }
}

function offeredTools(): Settings['tools'] {
  const tools = toolCatalog()
  return tools.select(tools.names()).map(({ name, description }) => ({ name, description }))
}

function productTypes(templates: readonly AgentTemplate[]): Settings['product_types'] {
  const names = [...new Set(templates.map(({ product_type }) => product_type))]
  return names.map((product_type) => ({
    product_type,
    templates: templates
      .filter((template) => template.product_type === product_type)
      .map(({ name, agent_type, config }) => ({ name, agent_type, config })),
  }))
}
