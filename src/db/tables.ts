import type { Kysely } from 'kysely'
import type { RunKind } from '../run-ids.ts'

/**
 * The only copy of table and column names and their types.
 *
 * Portable types: counters, tokens, money and milliseconds are 64-bit integers; booleans are 0 or 1;
 * times are UTC text of fixed width with milliseconds, `2026-03-13T14:22:00.000Z`; JSON is text.
 */
export interface Tables {
  tenants: TenantsTable
  api_keys: ApiKeysTable
  agents: AgentsTable
  agent_stats: AgentStatsTable
  runs: RunsTable
  run_contents: RunContentsTable
  kept_responses: KeptResponsesTable
  tenant_months: TenantMonthsTable
  key_months: KeyMonthsTable
  usage_daily: UsageDailyTable
  api_calls_daily: ApiCallsDailyTable
  alerts: AlertsTable
  audit_log: AuditLogTable
  readiness: ReadinessTable
  idempotency_keys: IdempotencyKeysTable
}

/** The database or an open transaction; stores take it as their first argument. */
export type Db = Kysely<Tables>

declare const exclusive: unique symbol

/**
 * An open transaction of the writer. There is one at a time among all who share the database, so that what was read in
 * it stays true until it ends. Whatever checks and then writes asks for one where no single statement can decide: the
 * next number of the audit log, room for one more key, an alert that is raised once.
 */
export type Trx = Db & { readonly [exclusive]: true }

export interface TenantsTable {
  id: string
  /** Unique among tenants with `deleted_at` null. */
  name: string
  tier: string
  status: string
  created_at: string
  deleted_at: string | null
}

export interface ApiKeysTable {
  id: string
  tenant_id: string
  name: string
  prefix: string
  /** SHA-256 of the secret, hex. */
  hash: string
  /** JSON array of scopes; null is all. */
  scopes: string | null
  created_at: string
  expires_at: string | null
  last_used: string | null
  revoked_at: string | null
  /** JSON arrays; null is all. */
  allowed_agents: string | null
  allowed_models: string | null
  allowed_networks: string | null
  /** Null is no cap of its own. */
  runs_per_month: number | null
  tokens_per_month: number | null
  /**
   * The first key of those whose spending counts together against the caps of each: a key, those it was replaced by,
   * and those that it made while it had a cap. Set for every key.
   */
  family_id: string
  /** The key that a rotation has put in its place. */
  replaced_by: string | null
}

export interface AgentsTable {
  id: string
  tenant_id: string
  /** Unique in its tenant among agents with `deleted_at` null. */
  name: string
  agent_type: string
  status: string
  /** JSON of `AgentConfig`. */
  config: string
  /** Those of the config, kept beside it for lists. */
  model: string
  /** JSON of a list of names, as in the config. */
  tools: string
  /** 1 at creation, one more with each change. */
  version: number
  created_at: string
  updated_at: string
  deleted_at: string | null
}

/** Finished runs of kind `run`, per agent; `last_run` counts from the start of a run. */
export interface AgentStatsTable {
  agent_id: string
  successful_runs: number
  failed_runs: number
  total_duration_ms: number
  total_tokens: number
  last_run: string | null
}

/** One row per run or chat: written small when it starts, completed when it settles. */
export interface RunsTable {
  id: string
  tenant_id: string
  kind: RunKind
  status: 'running' | 'completed' | 'failed'
  agent_id: string | null
  agent_version: number | null
  key_id: string
  model: string
  provider: string
  started_at: string
  duration_ms: number | null
  overhead_ms: number | null
  input_tokens: number
  output_tokens: number
  cached_tokens: number
  /** Of what came before this column nobody knows: 0. */
  cache_write_tokens: number
  tokens_estimated: number
  cost_micro_usd: number | null
  error_code: string | null
  conversation_id: string | null
  node_id: string
  /** While running: when its owner is presumed dead. Null once settled. */
  lease_until: string | null
}

/** What was said, apart from its metering, so that it can be dropped first. Written when the run settles. */
export interface RunContentsTable {
  run_id: string
  /** JSON. */
  input: string | null
  /** JSON. */
  output: string | null
  error: string | null
}

/** An answer that its client may refer to later; dropped with the content of its run. */
export interface KeptResponsesTable {
  run_id: string
  /** The run of the response that this one goes on from. */
  previous_id: string | null
  /** JSON array: the items of its request, whole. */
  input: string
  /** JSON, as it was answered. */
  response: string
}

/** A tenant's calendar month (UTC): what quotas are held against. `…_alerted` is the highest threshold already raised. */
export interface TenantMonthsTable {
  tenant_id: string
  month: string
  runs: number
  tokens: number
  runs_alerted: number
  tokens_alerted: number
}

export interface KeyMonthsTable {
  key_id: string
  month: string
  runs: number
  tokens: number
  cost_micro_usd: number
}

export interface UsageDailyTable {
  tenant_id: string
  day: string
  model: string
  kind: string
  runs: number
  failed_runs: number
  input_tokens: number
  output_tokens: number
  cached_tokens: number
  cost_micro_usd: number
}

export interface ApiCallsDailyTable {
  tenant_id: string
  day: string
  calls: number
}

export interface AlertsTable {
  id: string
  severity: string
  message: string
  /** Null for alerts of the platform. */
  tenant_id: string | null
  /** `quota_runs`, `quota_tokens`, `provider`, `auth_failures`, `untrusted_proxy` or `disk`. */
  kind: string
  /** Per cent for quotas; null otherwise. */
  threshold: number | null
  /** The month for quotas, the provider's name for providers, the network for wrong admin secrets, the address for proxies, `database` for its disk. */
  subject: string
  created_at: string
  resolved_at: string | null
}

export interface AuditLogTable {
  /** Where the entry stands: in the order of commits. */
  seq: number
  /** 1, 2, 3 … without a gap; null for what strangers did, which alone may be dropped. */
  number: number | null
  id: string
  action: string
  actor: string
  /** JSON object. */
  details: string
  timestamp: string
  /** Room for a hash chain over the numbered entries; null until it is kept. */
  hash: string | null
}

/** One row that `/ready` writes to prove that the database takes writes. */
export interface ReadinessTable {
  id: number
  checked_at: string
}

/** A request that carried an `Idempotency-Key`, until it expires. Neither key nor credential is in it. */
export interface IdempotencyKeysTable {
  /** SHA-256 of whose request, to which route, with which key; hex. */
  id: string
  /** SHA-256 of its body, hex. */
  body_hash: string
  /** Null for the creation of something. */
  run_id: string | null
  /** Sealed JSON; null while the run is under way, and for ever when a crash cut it off. */
  answer: string | null
  expires_at: string
}
