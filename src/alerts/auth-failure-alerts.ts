import type { Stamp } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { insertAlert, listSubjects } from './store.ts'

/** A network that goes on, or whose alert was resolved, is not told of again for this long. */
const QUIET_MS = 3_600_000
/** Told of at once; a swarm of attackers is no news beyond it. */
const MAX_ALERTS = 100

/** Tells that a network has sent so many wrong admin secrets that it has to wait; an operator resolves it. */
export async function raiseAuthFailureAlert(
  trx: Db,
  { newId, now }: Stamp,
  network: string,
): Promise<void> {
  const since = toTimestamp(new Date(Date.parse(now) - QUIET_MS))
  const told = await listSubjects(trx, 'auth_failures', since)
  if (told.includes(network) || told.length >= MAX_ALERTS) return
  await insertAlert(trx, {
    id: newId(),
    severity: 'warning',
    message: `Too many wrong admin secrets from ${network}`,
    tenant_id: null,
    kind: 'auth_failures',
    threshold: null,
    subject: network,
    created_at: now,
  })
}
