import { type Static, Type } from '@sinclair/typebox'
import { AgentConfigBody } from '../agents/config.ts'
import { nullable } from '../http/nullable.ts'
import { Limits } from '../tenants/limits.ts'

/** In place of a secret, an address or a path: whether there is one. */
const Masked = Type.Union([Type.Literal('set'), Type.Literal('missing')])

const Server = Type.Object({
  host: Type.String(),
  port: Type.Integer(),
  max_body_bytes: Type.Integer(),
  max_compatible_body_bytes: Type.Integer(),
  max_bodies_in_flight_bytes: Type.Integer(),
  cors_origins: Type.Array(Type.String()),
  trusted_proxies: Type.Array(Type.String()),
  shutdown_timeout_s: Type.Integer(),
  log_level: Type.String(),
  max_in_flight: Type.Integer(),
  max_in_flight_per_tenant: Type.Integer(),
  max_pending_requests: Type.Integer(),
  max_pending_requests_per_tenant: Type.Integer(),
  max_answer_bytes: Type.Integer(),
  tls: Masked,
})

const ProviderSettings = Type.Object({
  name: Type.String(),
  type: Type.String(),
  enabled: Type.Boolean(),
  base_url: Masked,
  api_key: Masked,
  proxy: Masked,
  connect_timeout_ms: Type.Integer(),
  first_byte_timeout_ms: Type.Integer(),
  idle_timeout_ms: Type.Integer(),
  timeout_ms: Type.Integer(),
  max_retries: Type.Integer(),
  max_response_bytes: Type.Integer(),
  max_in_flight: Type.Integer(),
  allow_fields: Type.Array(Type.String()),
  allow_remote_media: Type.Boolean(),
  models: Type.Array(
    Type.Object({
      id: Type.String(),
      upstream_id: Type.String(),
      context_length: Type.Integer(),
      supports_tools: Type.Boolean(),
      input_usd_per_mtok: nullable(Type.Number()),
      output_usd_per_mtok: nullable(Type.Number()),
      cached_input_usd_per_mtok: nullable(Type.Number()),
      cache_write_usd_per_mtok: nullable(Type.Number()),
    }),
  ),
})

const DatabaseKind = Type.Union([Type.Literal('sqlite'), Type.Literal('postgres')])

/** What holds, whether it is in the file or a default. */
const Configuration = Type.Object({
  source: Type.Union([Type.Literal('file'), Type.Literal('built_in')]),
  server: Server,
  admin: Type.Object({
    secret: Type.Union([Type.Literal('set'), Type.Literal('generated')]),
    max_failures_per_minute: Type.Integer(),
  }),
  database: Type.Object({ kind: DatabaseKind, max_waiting_writes: Type.Integer() }),
  defaults: Type.Object({ model: Type.String() }),
  retention: Type.Object({
    content_days: Type.Integer({ description: '0 keeps no content' }),
    max_database_bytes: Type.Integer(),
    auth_failure_days: Type.Integer(),
    low_disk_bytes: nullable(Type.Integer({ description: 'null: by the size of the disk' })),
    min_disk_bytes: nullable(Type.Integer({ description: 'null: by the size of the disk' })),
  }),
  providers: Type.Array(ProviderSettings),
})
export type Configuration = Static<typeof Configuration>

/** What this server is, and how it is set up. */
export const Settings = Type.Object({
  version: Type.String(),
  node: Type.String({ description: 'which process of several; `local` when there is one' }),
  started_at: Type.String(),
  uptime_s: Type.Integer(),
  database: Type.Object({
    kind: DatabaseKind,
    size_bytes: Type.Integer({ description: 'of its file; 0 on a server' }),
    log_bytes: Type.Integer({ description: 'of the write-ahead log beside it' }),
    disk_free_bytes: nullable(Type.Integer({ description: 'null where it cannot be told' })),
    schema_version: Type.String({ description: 'its latest migration' }),
  }),
  untrusted_proxies: Type.Array(Type.String(), {
    description:
      'peers that sent `X-Forwarded-For` or `Forwarded` since the start and are not in `trusted_proxies`, at most 8: those that are proxies of yours belong there',
  }),
  configuration: Configuration,
  tiers: Type.Object({ free: Limits, dev: Limits, pro: Limits, enterprise: Limits }),
  tools: Type.Array(
    Type.Object({ name: Type.String(), description: Type.String({ description: 'for models' }) }),
    { description: 'that agents may be given, and that the server runs' },
  ),
  product_types: Type.Array(
    Type.Object({
      product_type: Type.String(),
      templates: Type.Array(
        Type.Object({
          name: Type.String(),
          agent_type: Type.String(),
          config: AgentConfigBody,
        }),
      ),
    }),
  ),
})
export type Settings = Static<typeof Settings>
