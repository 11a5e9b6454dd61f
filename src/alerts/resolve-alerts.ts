import { type Actor, recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { type AlertRow, closeAlerts, type OpenAlerts } from './store.ts'

/** Resolves the open alerts of a cause that is over; the server itself does it, and the audit log says so. */
export async function resolveOpenAlerts(trx: Trx, stamp: Stamp, which: OpenAlerts): Promise<void> {
  for (const alert of await closeAlerts(trx, which, stamp.now)) {
    await recordResolution(trx, stamp, alert, 'system')
  }
}

export async function recordResolution(
  trx: Trx,
  stamp: Stamp,
  { id, message, tenant_id }: AlertRow,
  actor: Actor,
): Promise<void> {
  await recordAudit(trx, stamp, {
    action: 'alert.resolved',
    actor,
    details: { alert_id: id, message, tenant_id },
  })
}
