import type { Stamp } from '../db/changes.ts'
import { fromJson } from '../db/columns.ts'
import { contains } from '../db/like.ts'
import type { Db, Trx } from '../db/tables.ts'

/** Every change that leaves a trace. Source: contract 6.9. */
export type AuditAction =
  | 'tenant.created'
  | 'tenant.updated'
  | 'tenant.quota_updated'
  | 'tenant.deleted'
  | 'agent.created'
  | 'agent.updated'
  | 'agent.deleted'
  | 'api_key.created'
  | 'api_key.updated'
  | 'api_key.rotated'
  | 'api_key.revoked'
  | 'alert.resolved'
  | 'admin.auth_failed'
  | 'model.tested'
  | 'playground.used'

/** Who did it. */
export type Actor = 'admin' | 'system' | 'import' | `tenant:${string}`

export interface AuditRecord {
  action: AuditAction
  actor: Actor
  /** The things concerned; never a secret. */
  details: Record<string, unknown>
}

export interface AuditEntry extends AuditRecord {
  id: string
  /** Where it stands in the log. */
  place: number
  /** Null for what strangers did. */
  seq: number | null
  timestamp: string
  /** About as many as its details have. */
  bytes: number
}

/** Writes the entry, with the next number, in the transaction of the change it tells of. */
export async function recordAudit(trx: Trx, stamp: Stamp, record: AuditRecord): Promise<void> {
  await trx
    .insertInto('audit_log')
    .values({
      seq: (await latestPlace(trx)) + 1,
      number: (await latestNumber(trx)) + 1,
      id: stamp.newId(),
      action: record.action,
      actor: record.actor,
      details: JSON.stringify(record.details),
      timestamp: stamp.now,
      hash: null,
    })
    .execute()
}

/** Where the newest entry stands; 0 without one. */
export async function latestPlace(db: Db): Promise<number> {
  const { seq } = await db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.max<number | null>('seq').as('seq'))
    .executeTakeFirstOrThrow()
  return seq ?? 0
}

async function latestNumber(db: Db): Promise<number> {
  const { number } = await db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.max<number | null>('number').as('number'))
    .where('number', 'is not', null)
    .executeTakeFirstOrThrow()
  return number ?? 0
}

/** Which entries; null is all. */
export interface AuditFilter {
  action: string | null
  actor: string | null
  /** Concerned by the change. */
  tenantId: string | null
  /** Inclusive. */
  from: string | null
  /** Exclusive. */
  to: string | null
}

/** Places from `floor` on and below `below`. */
export interface PlaceRange {
  floor: number
  below: number
}

/**
 * The entries of a range that match, the newest first, in the order of commits whatever the clock did. Of a tenant are
 * also some that only name it deep in their details.
 */
export async function listAudit(
  db: Db,
  { floor, below }: PlaceRange,
  { action, actor, tenantId, from, to }: AuditFilter,
  limit: number,
): Promise<AuditEntry[]> {
  let query = db
    .selectFrom('audit_log')
    .select(['seq as place', 'number as seq', 'id', 'action', 'actor', 'details', 'timestamp'])
    .where('seq', '<', below)
    .where('seq', '>=', floor)
  if (action !== null) query = query.where('action', '=', action)
  if (actor !== null) query = query.where('actor', '=', actor)
  if (tenantId !== null) query = query.where(contains('details', `"tenant_id":"${tenantId}"`))
  if (from !== null) query = query.where('timestamp', '>=', from)
  if (to !== null) query = query.where('timestamp', '<', to)
  const rows = await query.orderBy('place', 'desc').limit(limit).execute()
  return rows.map(({ details, ...row }) => ({
    ...(row as Omit<AuditEntry, 'details' | 'bytes'>),
    details: fromJson<Record<string, unknown>>(details),
    bytes: details.length,
  }))
}
