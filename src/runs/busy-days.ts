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

/** The latest day, up to and with `last`, with runs of anybody, and whether one of them may match. */
export async function anybodysDay(
  db: Db,
  filter: DayFilter,
  last: string,
): Promise<{ day: string; matches: boolean } | undefined> {
  const { day } = await db
    .selectFrom('usage_daily')
    .select((eb) => eb.fn.max<string | null>('day').as('day'))
    .where('day', '<=', last)
    .executeTakeFirstOrThrow()
  if (day === null) return undefined
  const row = await matching(db, filter)
    .select('day')
    .where('day', '=', day)
    .limit(1)
    .executeTakeFirst()
  return { day, matches: row !== undefined }
}

function matching(db: Db, { kind, model, status }: DayFilter) {
  let query = db.selectFrom('usage_daily')
  if (kind !== null) query = query.where('kind', '=', kind)
  if (model !== null) query = query.where('model', '=', model)
  if (status === 'failed') query = query.where('failed_runs', '>', 0)
  if (status === 'completed') query = query.whereRef('runs', '>', 'failed_runs')
  return query
}
