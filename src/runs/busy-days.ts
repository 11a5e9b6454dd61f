import type { Db } from '../db/tables.ts'
import type { RunFilter } from './run-filter.ts'

/** What a day must have had. */
export type DayFilter = Pick<RunFilter, 'tenantId' | 'kind' | 'model' | 'status'>

/**
 * The latest day, up to and with `last`, on which a run of the tenant was started that may match; undefined when there
 * is none. From the roll-ups, so that days of others are not gone through.
 */
export async function tenantsDay(
  db: Db,
  filter: DayFilter & { tenantId: string },
  last: string,
): Promise<string | undefined> {
  const row = await matching(db, filter)
    .select('day')
    .where('tenant_id', '=', filter.tenantId)
    .where('day', '<=', last)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.day
}

/** Roll-ups that are gone through in one step: a few milliseconds. Of most days nothing but their index is read. */
const STEP = 10_000

/**
 * The latest day, up to and with `last`, on which a run of anybody may match; if there is none as far as one step
 * goes, the day down to which it went. Undefined when no day is left.
 */
export async function anybodysDay(
  db: Db,
  filter: DayFilter,
  last: string,
): Promise<{ day: string; matches: boolean } | undefined> {
  const end = await db
    .selectFrom('usage_daily')
    .select('day')
    .where('day', '<=', last)
    .orderBy('day', 'desc')
    .limit(1)
    .offset(STEP - 1)
    .executeTakeFirst()
  let query = matching(db, filter).select('day').where('day', '<=', last)
  if (end) query = query.where('day', '>=', end.day)
  const found = await query.orderBy('day', 'desc').limit(1).executeTakeFirst()
  if (found) return { day: found.day, matches: true }
  return end && { day: end.day, matches: false }
}

function matching(db: Db, { kind, model, status }: DayFilter) {
  let query = db.selectFrom('usage_daily')
  if (kind !== null) query = query.where('kind', '=', kind)
  if (model !== null) query = query.where('model', '=', model)
  if (status === 'failed') query = query.where('failed_runs', '>', 0)
  if (status === 'completed') query = query.whereRef('runs', '>', 'failed_runs')
  return query
}
