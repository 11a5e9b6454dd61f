import { markAllAgentsDeleted } from '../agents/change-store.ts'
import { resolveOpenAlerts } from '../alerts/resolve-alerts.ts'
import { revokeAllKeys } from '../api-keys/store.ts'
import { recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { found } from '../errors.ts'
import { markTenantDeleted } from '../tenants/store.ts'

/** Deletes a tenant: its keys die at once, its usage stays in the platform's statistics. @throws AresError `not_found` */
export async function deleteTenant(trx: Trx, stamp: Stamp, id: string): Promise<void> {
  const tenant = found(await markTenantDeleted(trx, id, stamp.now), 'tenant')
  await revokeAllKeys(trx, id, stamp.now)
  await markAllAgentsDeleted(trx, id, stamp.now)
  await resolveOpenAlerts(trx, stamp, { tenantId: id })
  await recordAudit(trx, stamp, {
    action: 'tenant.deleted',
    actor: 'admin',
    details: { tenant_id: id, tenant_name: tenant.name },
  })
}
