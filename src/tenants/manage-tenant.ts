import { reviseQuotaAlerts } from '../alerts/quota-alerts.ts'
import { type Actor, recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import type { Config, Tier } from '../config/config.ts'
import type { Trx } from '../db/tables.ts'
import { found } from '../errors.ts'
import { monthOf } from '../limits/period.ts'
import type { CreateTenant } from './schema.ts'
import { insertTenant, type TenantRow, updateTenant } from './store.ts'

/** A new tenant, without agents or keys. @throws AresError `conflict` */
export async function createTenant(
  trx: Trx,
  stamp: Stamp,
  { name, tier }: CreateTenant,
  actor: Actor = 'admin',
): Promise<TenantRow> {
  const tenant = { id: stamp.newId(), name, tier, status: 'active', created_at: stamp.now }
  await insertTenant(trx, tenant)
  await recordAudit(trx, stamp, {
    action: 'tenant.created',
    actor,
    details: { tenant_id: tenant.id, tenant_name: name, tier },
  })
  return tenant
}

/** Puts the tenant on another tier, which its next request feels. @throws AresError `not_found` */
export async function changeTier(
  trx: Trx,
  stamp: Stamp,
  id: string,
  { tier, tiers }: { tier: Tier; tiers: Config['tiers'] },
): Promise<TenantRow> {
  const tenant = found(await updateTenant(trx, id, { tier }), 'tenant')
  await recordAudit(trx, stamp, {
    action: 'tenant.quota_updated',
    actor: 'admin',
    details: { tenant_id: id, tenant_name: tenant.name, tier },
  })
  await reviseQuotaAlerts(trx, stamp, { tenantId: id, month: monthOf(stamp.now) }, tiers)
  return tenant
}

/** Suspends a tenant or lets it work again. @throws AresError `not_found` */
export async function changeStatus(
  trx: Trx,
  stamp: Stamp,
  id: string,
  status: TenantRow['status'],
): Promise<TenantRow> {
  const tenant = found(await updateTenant(trx, id, { status }), 'tenant')
  await recordAudit(trx, stamp, {
    action: 'tenant.updated',
    actor: 'admin',
    details: { tenant_id: id, tenant_name: tenant.name, status },
  })
  return tenant
}
