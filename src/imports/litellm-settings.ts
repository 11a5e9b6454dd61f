import type { LitellmFile } from './litellm-schema.ts'
import type { LeftOut } from './plan.ts'

/** Tables whose contents are read, in part or whole. */
const READ_TABLES = new Set([
  'model_list',
  'litellm_settings',
  'general_settings',
  'router_settings',
  'environment_variables',
  'credential_list',
])

/** Settings that are used, by table. */
const READ_SETTINGS: Readonly<Record<string, ReadonlySet<string>>> = {
  litellm_settings: new Set(['request_timeout', 'num_retries']),
  router_settings: new Set(['timeout', 'num_retries', 'model_group_alias']),
}

/** What is known of settings without a counterpart; the others get the general answer. */
const REASONS: Readonly<Record<string, string>> = {
  allowed_fails: 'ARES raises an alert when a provider fails five times in a row',
  alerting: 'alerts are under /api/admin/alerts',
  cache: 'ARES keeps no cache of answers',
  cache_params: 'ARES keeps no cache of answers',
  callbacks: 'ARES calls nobody back; runs and usage are in its own API',
  context_window_fallbacks: 'ARES has no fallbacks between models',
  database_url: 'keys, users and spend in LiteLLM’s PostgreSQL are not read',
  default_fallbacks: 'ARES has no fallbacks between models',
  drop_params: 'ARES drops no parameter: what a model does not take is refused by name',
  failure_callback: 'ARES calls nobody back; runs and usage are in its own API',
  fallbacks: 'ARES has no fallbacks between models',
  master_key: 'the operator’s credential here is the admin secret, which ARES generates',
  redis_host: 'ARES is one process and needs no Redis',
  redis_password: 'ARES is one process and needs no Redis',
  redis_port: 'ARES is one process and needs no Redis',
  redis_url: 'ARES is one process and needs no Redis',
  routing_strategy: 'ARES has one provider for a model, and so nothing to route between',
  success_callback: 'ARES calls nobody back; runs and usage are in its own API',
}

/** Every setting of the file that has no counterpart. */
export function settingsLeftOut(file: LitellmFile): LeftOut[] {
  return Object.entries(file).flatMap(([table, value]) =>
    READ_TABLES.has(table) ? settingsOf(table, value) : [{ what: table, why: NO_COUNTERPART }],
  )
}

const NO_COUNTERPART = 'it has no counterpart'

function settingsOf(table: string, value: unknown): LeftOut[] {
  if (!table.endsWith('_settings') || typeof value !== 'object' || value === null) return []
  return Object.keys(value)
    .filter((key) => !READ_SETTINGS[table]?.has(key))
    .map((key) => ({ what: `${table}.${key}`, why: reasonAgainst(key) }))
}

function reasonAgainst(key: string): string {
  return (Object.hasOwn(REASONS, key) ? REASONS[key] : undefined) ?? NO_COUNTERPART
}
