import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { insertAlert, listOpenSubjects } from './store.ts'

/** What an alert of the platform is about, and what it says. */
export interface PlatformAlert {
  kind: string
  subject: string
  message: string
}

/** Opens a critical alert of the platform, unless one of that cause is open. */
export async function raiseOnce(
  trx: Trx,
  { newId, now }: Stamp,
  { kind, subject, message }: PlatformAlert,
): Promise<void> {
  if ((await listOpenSubjects(trx, kind)).includes(subject)) return
  await insertAlert(trx, {
    id: newId(),
    severity: 'critical',
    message,
    tenant_id: null,
    kind,
    threshold: null,
    subject,
    created_at: now,
  })
}
