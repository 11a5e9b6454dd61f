import { Type, type Static } from '@sinclair/typebox'
import type { TierLimits } from '../config/config.ts'
import type { Period } from '../limits/period.ts'
import type { MonthUse } from '../caller/caller.ts'
import type { DayRow } from './store.ts'
import { nullable } from '../http/nullable.ts'

const summary = {
  period_start: Type.String({ description: 'first second of the UTC month' }),
  period_end: Type.String({ description: 'last second of the UTC month' }),
  total_runs: Type.Integer(),
  total_tokens: Type.Integer(),
  quota_runs: nullable(Type.Integer({ description: 'null: no limit' })),
  quota_tokens: nullable(Type.Integer({ description: 'null: no limit' })),
}

/** Source: V1 Client API, "Get Usage Summary". */
export const Usage = Type.Object({
  ...summary,
  total_api_calls: Type.Integer({ description: 'may be up to a second late' }),
  daily_usage: Type.Array(
    Type.Object({
      date: Type.String(),
      runs: Type.Integer(),
      tokens: Type.Integer(),
      api_calls: Type.Integer(),
    }),
  ),
})

/** Source: Admin API, "Tenant Usage Summary". */
export const TenantUsage = Type.Object({
  tenant_id: Type.String({ format: 'uuid' }),
  tenant_name: Type.String(),
  tier: Type.String(),
  ...summary,
})

/** Source: Admin API, "Daily Usage Breakdown". */
export const DailyUsage = Type.Object({
  daily: Type.Array(
    Type.Object({ date: Type.String(), runs: Type.Integer(), tokens: Type.Integer() }),
  ),
})

export interface MonthlyUse {
  period: Period
  used: MonthUse
  limits: TierLimits
}

export function toUsage(use: MonthlyUse, days: DayRow[]): Static<typeof Usage> {
  return {
    ...summaryOf(use),
    total_api_calls: days.reduce((calls, day) => calls + day.api_calls, 0),
    daily_usage: days,
  }
}

export function toTenantUsage(
  tenant: { id: string; name: string; tier: string },
  use: MonthlyUse,
): Static<typeof TenantUsage> {
  return {
    tenant_id: tenant.id,
    tenant_name: tenant.name,
    tier: tenant.tier,
    ...summaryOf(use),
  }
}

export function toDailyUsage(days: DayRow[]): Static<typeof DailyUsage> {
  return { daily: days.map(({ date, runs, tokens }) => ({ date, runs, tokens })) }
}

function summaryOf({ period, used, limits }: MonthlyUse) {
  return {
    period_start: period.start,
    period_end: period.end,
    total_runs: used.runs,
    total_tokens: used.tokens,
    quota_runs: limits.runsPerMonth,
    quota_tokens: limits.tokensPerMonth,
  }
}
