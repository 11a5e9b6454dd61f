import { Type, type Static } from '@sinclair/typebox'
import { toWireTime } from '../db/columns.ts'
import { NAME_PATTERN } from '../names.ts'
import type { TenantCounts, TenantRow } from './store.ts'

export const TierField = Type.Union([
  Type.Literal('free'),
  Type.Literal('dev'),
  Type.Literal('pro'),
  Type.Literal('enterprise'),
])
export const TenantName = Type.String({
  pattern: NAME_PATTERN,
  description: '1 to 63 lowercase letters, digits and single hyphens between them',
})
const TenantStatus = Type.Union([Type.Literal('active'), Type.Literal('suspended')])

/** Source: Admin API, "Create Tenant". */
export const CreateTenant = Type.Object(
  { name: TenantName, tier: TierField },
  { additionalProperties: false },
)
export type CreateTenant = Static<typeof CreateTenant>

/** Source: Admin API, "Update Tenant Tier". */
export const UpdateTier = Type.Object({ tier: TierField }, { additionalProperties: false })

/** Source: contract 4.5. */
export const UpdateTenantStatus = Type.Object(
  { status: TenantStatus },
  { additionalProperties: false },
)

/** What create and both updates answer. Source: Admin API, "Create Tenant"; contract 4.6. */
export const Tenant = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  tier: TierField,
  status: TenantStatus,
  created_at: Type.String(),
})
export type Tenant = Static<typeof Tenant>

/** Source: Admin API, "List Tenants". */
export const TenantList = Type.Object({
  tenants: Type.Array(Type.Object({ ...Tenant.properties, agent_count: Type.Integer() })),
})

/** Source: Admin API, "Get Tenant Details". */
export const TenantDetail = Type.Object({
  ...Tenant.properties,
  agent_count: Type.Integer(),
  api_key_count: Type.Integer(),
  total_runs: Type.Integer({ description: 'lifetime, chats and deleted agents included' }),
  total_tokens: Type.Integer(),
})

export function toTenant(row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    tier: row.tier as Tenant['tier'],
    status: row.status as Tenant['status'],
    created_at: toWireTime(row.created_at),
  }
}

export function toTenantDetail(row: TenantRow, counts: TenantCounts): Static<typeof TenantDetail> {
  return {
    ...toTenant(row),
    agent_count: counts.agent_count,
    api_key_count: counts.api_key_count,
    total_runs: counts.total_runs,
    total_tokens: counts.total_tokens,
  }
}
