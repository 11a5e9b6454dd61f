import { type Static, Type } from '@sinclair/typebox'
import { PROVIDER_TYPE_NAMES } from '../config/provider-types.ts'
import { countOpenAlerts } from '../alerts/store.ts'
import type { ProviderHealth } from '../alerts/provider-health.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/tables.ts'
import { nullable } from '../http/nullable.ts'
import { tenantNames } from '../usage/tenant-names.ts'
import { mostRuns } from '../usage/series.ts'
import type { UsageSum } from '../usage/sums.ts'
import { countRunning, newestTimes, openProviderAlerts } from './overview-store.ts'
import { percentile } from './percentile.ts'
import { type RecentUsage, RecentUsageReader } from './recent-usage.ts'

export interface OverviewDeps {
  /** How the calls of each provider went. */
  conditions: Pick<ProviderHealth, 'condition'>
  db: Db
  clock: Clock
  config: Pick<Config, 'providers'>
}

const Used = Type.Object({
  runs: Type.Integer(),
  failed_runs: Type.Integer(),
  tokens: Type.Integer(),
  cost_micro_usd: Type.Integer({
    description: 'millionths of a USD; runs without a price count as 0',
  }),
})

const Milliseconds = nullable(Type.Integer())

const STATES = ['never_called', 'healthy', 'failing', 'key_refused', 'unreachable'] as const

const ProviderState = Type.Object({
  name: Type.String(),
  type: Type.Union(PROVIDER_TYPE_NAMES.map((type) => Type.Literal(type))),
  available: Type.Boolean({ description: 'false while its key is missing' }),
  enabled: Type.Boolean(),
  healthy: Type.Boolean({
    description: 'enabled, available, and without an open alert; see `state`',
  }),
  state: Type.Union(
    STATES.map((state) => Type.Literal(state)),
    { description: 'how the newest call since the start went' },
  ),
  recent_calls: Type.Integer({ description: 'of the newest 20 since the start' }),
  recent_failures: Type.Integer({ description: 'the failed among them' }),
  models: Type.Integer(),
  open_alert_id: nullable(Type.String({ format: 'uuid' })),
})

/** The state of the platform at a glance. */
export const Overview = Type.Object({
  today: Type.Object(Used.properties, { description: 'the UTC day' }),
  month: Type.Object(Used.properties, {
    description: 'the last 30 UTC days, today included; those before may be a minute old',
  }),
  latency: Type.Object({
    runs: Type.Integer({ description: 'the completed among the newest 1,000 runs' }),
    p50_ms: Milliseconds,
    p95_ms: Milliseconds,
    overhead_p50_ms: Milliseconds,
    overhead_p95_ms: Milliseconds,
  }),
  open_alerts: Type.Integer(),
  running: Type.Integer({ description: 'runs and chats under way' }),
  top_tenants: Type.Array(
    Type.Object({
      tenant_id: Type.String({ format: 'uuid' }),
      tenant_name: Type.String(),
      runs: Type.Integer(),
      tokens: Type.Integer(),
    }),
    { description: 'the five with most runs in the 30 days' },
  ),
  providers: Type.Array(ProviderState),
})
export type Overview = Static<typeof Overview>

/** Runs whose times are looked at. */
const NEWEST = 1000
const TOP = 5

/** Answers the overview as often as it is asked for. */
export function overviewReader(deps: OverviewDeps): () => Promise<Overview> {
  const { db } = deps
  const recent = new RecentUsageReader(deps)
  return async () => {
    const used = await recent.read()
    return {
      today: toUsed(used.today),
      month: toUsed(used.month),
      latency: await latency(db),
      open_alerts: await countOpenAlerts(db),
      running: await countRunning(db),
      top_tenants: await topTenants(db, used),
      providers: await providerStates(deps),
    }
  }
}

function toUsed(sum: UsageSum): Static<typeof Used> {
  return {
    runs: sum.runs,
    failed_runs: sum.failed_runs,
    tokens: sum.input_tokens + sum.output_tokens,
    cost_micro_usd: sum.cost_micro_usd,
  }
}

async function latency(db: Db): Promise<Overview['latency']> {
  const times = await newestTimes(db, NEWEST)
  const durations = times.map(({ duration_ms }) => duration_ms)
  const overheads = times.map(({ overhead_ms }) => overhead_ms)
  return {
    runs: times.length,
    p50_ms: percentile(durations, 50),
    p95_ms: percentile(durations, 95),
    overhead_p50_ms: percentile(overheads, 50),
    overhead_p95_ms: percentile(overheads, 95),
  }
}

async function topTenants(db: Db, { tenants }: RecentUsage): Promise<Overview['top_tenants']> {
  const top = mostRuns(tenants, TOP)
  const names = await tenantNames(
    db,
    top.map(([id]) => id),
  )
  return top.map(([id, used]) => ({
    tenant_id: id,
    tenant_name: names.get(id) ?? '',
    runs: used.runs,
    tokens: used.input_tokens + used.output_tokens,
  }))
}

async function providerStates({
  db,
  config,
  conditions,
}: OverviewDeps): Promise<Overview['providers']> {
  const alerts = new Map((await openProviderAlerts(db)).map(({ id, subject }) => [subject, id]))
  return config.providers.map(({ name, type, enabled, keyMissing, models }) => {
    const alert = alerts.get(name) ?? null
    const { state, calls, failures } = conditions.condition(name)
    return {
      name,
      type,
      available: !keyMissing,
      enabled,
      healthy: enabled && !keyMissing && alert === null,
      state,
      recent_calls: calls,
      recent_failures: failures,
      models: models.length,
      open_alert_id: alert,
    }
  })
}
