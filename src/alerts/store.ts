import { sql } from 'kysely'
import type { AlertsTable, Db, Trx } from '../db/tables.ts'
import type { QuotaKind, Severity } from './thresholds.ts'

export type AlertRow = Pick<
  AlertsTable,
  'id' | 'severity' | 'message' | 'tenant_id' | 'created_at' | 'resolved_at'
>

const ALERT_COLUMNS = [
  'id',
  'severity',
  'message',
  'tenant_id',
  'created_at',
  'resolved_at',
] as const

export async function insertAlert(
  trx: Trx,
  alert: Omit<AlertsTable, 'resolved_at'>,
): Promise<void> {
  await trx
    .insertInto('alerts')
    .values({ ...alert, resolved_at: null })
    .execute()
}

/** What an alert about a quota is about. There is one per key. */
export interface QuotaAlertKey {
  tenant_id: string
  kind: `quota_${QuotaKind}`
  /** The month. */
  subject: string
  threshold: number
}

/** Opens an alert of the period again, with a new message and time; false when there is none. */
export async function reopenQuotaAlert(
  trx: Trx,
  key: QuotaAlertKey,
  message: string,
  now: string,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('alerts')
    .set({ message, created_at: now, resolved_at: null })
    .where('tenant_id', '=', key.tenant_id)
    .where('kind', '=', key.kind)
    .where('subject', '=', key.subject)
    .where('threshold', '=', key.threshold)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface AlertFilter {
  severity: Severity | null
  resolved: boolean | null
  tenantId: string | null
  /** Where an earlier list has stopped. */
  after: AlertPlace | null
  limit: number
}

/** Where an alert stands among the newest. */
export type AlertPlace = Pick<AlertsTable, 'created_at' | 'id'>

/** The newest first. */
export function listAlerts(db: Db, filter: AlertFilter): Promise<AlertRow[]> {
  let query = db.selectFrom('alerts').select(ALERT_COLUMNS)
  if (filter.severity !== null) query = query.where('severity', '=', filter.severity)
  if (filter.resolved !== null) {
    query = query.where('resolved_at', filter.resolved ? 'is not' : 'is', null)
  }
  if (filter.tenantId !== null) query = query.where('tenant_id', '=', filter.tenantId)
  const { after } = filter
  if (after) {
    query = query.where((eb) =>
      eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(after.created_at, after.id)),
    )
  }
  // With the bare column all alerts would be gone through in their order; the open ones are few.
  const time = filter.resolved === false ? sql`created_at || ''` : sql.ref('created_at')
  return query.orderBy(time, 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
}

export function findAlert(db: Db, id: string): Promise<AlertRow | undefined> {
  return db.selectFrom('alerts').select(ALERT_COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** Resolves one open alert; undefined when it is not there or resolved already. */
export function resolveAlert(trx: Trx, id: string, now: string): Promise<AlertRow | undefined> {
  return trx
    .updateTable('alerts')
    .set({ resolved_at: now })
    .where('id', '=', id)
    .where('resolved_at', 'is', null)
    .returning(ALERT_COLUMNS)
    .executeTakeFirst()
}

/** Every given field must fit. */
export interface OpenAlerts {
  kind?: string
  subject?: string
  tenantId?: string
  /** Only those of a threshold above this one. */
  aboveThreshold?: number
}

/** Resolves the open alerts of one cause, because it is over; which they were. */
export function closeAlerts(trx: Trx, which: OpenAlerts, now: string): Promise<AlertRow[]> {
  let query = trx.updateTable('alerts').set({ resolved_at: now }).where('resolved_at', 'is', null)
  if (which.kind !== undefined) query = query.where('kind', '=', which.kind)
  if (which.subject !== undefined) query = query.where('subject', '=', which.subject)
  if (which.tenantId !== undefined) query = query.where('tenant_id', '=', which.tenantId)
  if (which.aboveThreshold !== undefined) {
    query = query.where('threshold', '>', which.aboveThreshold)
  }
  return query.returning(ALERT_COLUMNS).execute()
}

/** Whether the alert was raised, open or not. */
export async function hasQuotaAlert(db: Db, key: QuotaAlertKey): Promise<boolean> {
  const row = await db
    .selectFrom('alerts')
    .select('id')
    .where('tenant_id', '=', key.tenant_id)
    .where('kind', '=', key.kind)
    .where('subject', '=', key.subject)
    .where('threshold', '=', key.threshold)
    .executeTakeFirst()
  return row !== undefined
}

/** What alerts of this kind are about: the open ones, and those raised since. */
export async function listSubjects(db: Db, kind: string, since: string): Promise<string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('subject')
    .where('kind', '=', kind)
    .where((eb) => eb.or([eb('resolved_at', 'is', null), eb('created_at', '>=', since)]))
    .execute()
  return rows.map((row) => row.subject)
}

/** What the open alerts of this kind are about. */
export async function listOpenSubjects(db: Db, kind: string): Promise<string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('subject')
    .where('kind', '=', kind)
    .where('resolved_at', 'is', null)
    .execute()
  return rows.map((row) => row.subject)
}

export async function countOpenAlerts(db: Db): Promise<number> {
  const { open } = await db
    .selectFrom('alerts')
    .select((eb) => eb.fn.countAll<number>().as('open'))
    .where('resolved_at', 'is', null)
    .executeTakeFirstOrThrow()
  return open
}
