import { type Static, Type } from '@sinclair/typebox'
import type { Config, Tier } from '../config/config.ts'
import { nullable } from '../http/nullable.ts'
import { Tenant, toTenant } from './schema.ts'
import type { UsedTenant } from './tenant-list-store.ts'

/** A tenant with what it has, and what it has used of its quotas in this month. */
const TenantItem = Type.Object({
  ...Tenant.properties,
  agents: Type.Integer(),
  keys: Type.Integer({ description: 'not revoked' }),
  runs_month: Type.Integer({ description: 'in this UTC month' }),
  tokens_month: Type.Integer({ description: 'in this UTC month' }),
  runs_limit: nullable(Type.Integer({ description: 'null: no limit' })),
  tokens_limit: nullable(Type.Integer({ description: 'null: no limit' })),
})

export const TenantPage = Type.Object({
  tenants: Type.Array(TenantItem),
  total: Type.Integer({ description: 'of those that match' }),
  page: Type.Integer(),
  per_page: Type.Integer(),
})

export function toTenantItem(row: UsedTenant, tiers: Config['tiers']): Static<typeof TenantItem> {
  const limits = tiers[row.tier as Tier]
  return {
    ...toTenant(row),
    agents: row.agents,
    keys: row.keys,
    runs_month: row.runs_month,
    tokens_month: row.tokens_month,
    runs_limit: limits.runsPerMonth,
    tokens_limit: limits.tokensPerMonth,
  }
}
