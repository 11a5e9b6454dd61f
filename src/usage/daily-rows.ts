import { nextTurn } from '../next-turn.ts'
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
export async function* dailyRows(db: Db, span: DailySpan): AsyncGenerator<DailyRow[], void, void> {
  const { firstDay, lastDay, tenantId } = span
  if (tenantId !== null) {
    yield* pages((after) => pageOfTenant(db, { ...span, tenantId }, after))
    return
  }
  for (let day = await dayFrom(db, firstDay); day !== null && day <= lastDay;) {
    const date = day
    yield* pages((after) => pageOfDay(db, date, after))
    day = await dayAfter(db, day)
  }
}

/** @param next the page behind the last row of the one before */
async function* pages(
  next: (after: DailyRow | undefined) => Promise<DailyRow[]>,
): AsyncGenerator<DailyRow[], void, void> {
  let page: DailyRow[] = []
  do {
    page = await next(page.at(-1))
    yield page
    await nextTurn()
  } while (page.length === PAGE)
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

function pageOfDay(db: Db, day: string, after: DailyRow | undefined): Promise<DailyRow[]> {
  let query = namedRows(db).where('u.day', '=', day)
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

function pageOfTenant(
  db: Db,
  { firstDay, lastDay, tenantId }: DailySpan & { tenantId: string },
  after: DailyRow | undefined,
): Promise<DailyRow[]> {
  let query = namedRows(db).where('u.tenant_id', '=', tenantId).where('u.day', '<=', lastDay)
  query = after
    ? query.where((eb) =>
        eb(
          eb.refTuple('u.day', 'u.model', 'u.kind'),
          '>',
          eb.tuple(after.day, after.model, after.kind),
        ),
      )
    : query.where('u.day', '>=', firstDay)
  return query.orderBy('u.day').orderBy('u.model').orderBy('u.kind').limit(PAGE).execute()
}

function namedRows(db: Db) {
  return db
    .selectFrom('usage_daily as u')
    .leftJoin('tenants as t', 't.id', 'u.tenant_id')
    .selectAll('u')
    .select('t.name as tenant_name')
}
