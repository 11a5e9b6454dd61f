import { nextTurn } from '../db/walk.ts'
import type { Db, UsageDailyTable } from '../db/tables.ts'

/** What one tenant used on one day, of one model and kind. */
export type DailyRow = UsageDailyTable & { tenant_name: string | null }

/** Days from the first to the last, of one tenant or of all. */
export interface DailySpan {
  firstDay: string
  lastDay: string
  tenantId: string | null
}

/** Rows of one step: a few milliseconds. */
const PAGE = 1000

/** The roll-ups of a span, oldest day first, in pages between which others have their turn. Deleted tenants are in it. */
export async function* dailyRows(
  db: Db,
  { firstDay, lastDay, tenantId }: DailySpan,
): AsyncGenerator<DailyRow[], void, void> {
  for (let day = await dayFrom(db, firstDay); day !== null && day <= lastDay;) {
    let page: DailyRow[] = []
    do {
      page = await pageOf(db, { day, tenantId, after: page.at(-1) })
      yield page
      await nextTurn()
    } while (page.length === PAGE)
    day = await dayAfter(db, day)
  }
}

/** The first day with traffic of anybody that is not before this one. */
export function dayFrom(db: Db, day: string): Promise<string | null> {
  return earliest(daysOf(db).where('day', '>=', day))
}

/** The first after it. */
export function dayAfter(db: Db, day: string): Promise<string | null> {
  return earliest(daysOf(db).where('day', '>', day))
}

function daysOf(db: Db) {
  return db.selectFrom('usage_daily').select((eb) => eb.fn.min<string | null>('day').as('day'))
}

async function earliest(query: ReturnType<typeof daysOf>): Promise<string | null> {
  return (await query.executeTakeFirstOrThrow()).day
}

interface PageOfDay {
  day: string
  tenantId: string | null
  /** The last row of the page before. */
  after: DailyRow | undefined
}

function pageOf(db: Db, { day, tenantId, after }: PageOfDay): Promise<DailyRow[]> {
  let query = db
    .selectFrom('usage_daily as u')
    .leftJoin('tenants as t', 't.id', 'u.tenant_id')
    .selectAll('u')
    .select('t.name as tenant_name')
    .where('u.day', '=', day)
  if (tenantId !== null) query = query.where('u.tenant_id', '=', tenantId)
  if (after) {
    query = query.where((eb) =>
      eb(
        eb.refTuple('u.tenant_id', 'u.model', 'u.kind'),
        '>',
        eb.tuple(after.tenant_id, after.model, after.kind),
      ),
    )
  }
  return query.orderBy('u.tenant_id').orderBy('u.model').orderBy('u.kind').limit(PAGE).execute()
}
