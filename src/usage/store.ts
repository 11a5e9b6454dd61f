import type { MonthUse } from '../caller/caller.ts'
import { sumOf } from '../db/sums.ts'
import { statement, type StatementReader } from '../db/statements.ts'
import type { Db, Trx } from '../db/tables.ts'

/** Adds to the calls of a day. Part of the periodic flush, so up to a second late. */
export const addApiCalls = statement(
  'add_api_calls',
  (db, p: { tenant_id: string; day: string; calls: number }) =>
    db
      .insertInto('api_calls_daily')
      .values({ tenant_id: p.tenant_id, day: p.day, calls: p.calls })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'day']).doUpdateSet((set) => ({
          calls: set('api_calls_daily.calls', '+', set.ref('excluded.calls')),
        })),
      ),
)

const findMonthUse = statement('find_month_use', (db, p: { tenant_id: string; month: string }) =>
  db
    .selectFrom('tenant_months')
    .select(['runs', 'tokens'])
    .where('tenant_id', '=', p.tenant_id)
    .where('month', '=', p.month),
)

/** Zeros when nothing was spent. */
export async function findMonth(
  reads: StatementReader,
  tenantId: string,
  month: string,
): Promise<MonthUse> {
  const row = await reads.get(findMonthUse, { tenant_id: tenantId, month })
  return row ?? { runs: 0, tokens: 0 }
}

/** A tenant's month as the ledger keeps it, the highest thresholds already told of in it, and what the tenant is now. */
export interface MonthTotals {
  runs: number
  tokens: number
  runs_alerted: number
  tokens_alerted: number
  tenant_name: string
  tier: string
  deleted_at: string | null
}

export interface MonthOfTenant {
  tenantId: string
  month: string
}

/** The month and whose it is; also the reading of every commit that spends (`ledger-statements.ts`). */
export function selectMonthTotals(db: Db, tenantId: string, month: string) {
  return db
    .selectFrom('tenant_months as m')
    .innerJoin('tenants as t', 't.id', 'm.tenant_id')
    .select(['m.runs', 'm.tokens', 'm.runs_alerted', 'm.tokens_alerted'])
    .select(['t.name as tenant_name', 't.tier', 't.deleted_at'])
    .where('m.tenant_id', '=', tenantId)
    .where('m.month', '=', month)
}

export function findMonthTotals(
  db: Db,
  { tenantId, month }: MonthOfTenant,
): Promise<MonthTotals | undefined> {
  return selectMonthTotals(db, tenantId, month).executeTakeFirst()
}

/** Notes the highest threshold of a quota that somebody was told of. */
export async function markAlerted(
  trx: Trx,
  { tenantId, month }: MonthOfTenant,
  kind: 'runs' | 'tokens',
  percent: number,
): Promise<void> {
  await trx
    .updateTable('tenant_months')
    .set(kind === 'runs' ? { runs_alerted: percent } : { tokens_alerted: percent })
    .where('tenant_id', '=', tenantId)
    .where('month', '=', month)
    .execute()
}

/** One UTC day with traffic. */
export interface DayRow {
  date: string
  runs: number
  tokens: number
  api_calls: number
}

/** The days from `firstDay` to `lastDay` that had use, newest first; api calls alone are use. */
export async function listDays(
  db: Db,
  tenantId: string,
  { firstDay, lastDay }: { firstDay: string; lastDay: string },
): Promise<DayRow[]> {
  const [usage, calls] = await Promise.all([
    runsPerDay(db, tenantId, firstDay, lastDay),
    callsPerDay(db, tenantId, firstDay, lastDay),
  ])
  const days = new Map<string, DayRow>()
  for (const { day, runs, tokens } of usage)
    days.set(day, { date: day, runs, tokens, api_calls: 0 })
  for (const { day, calls: made } of calls) {
    const known = days.get(day)
    if (known) known.api_calls = made
    else days.set(day, { date: day, runs: 0, tokens: 0, api_calls: made })
  }
  return [...days.values()].toSorted((a, b) => (a.date < b.date ? 1 : -1))
}

function runsPerDay(db: Db, tenantId: string, firstDay: string, lastDay: string) {
  return db
    .selectFrom('usage_daily')
    .select((eb) => [
      'day',
      sumOf('runs').as('runs'),
      sumOf(eb('input_tokens', '+', eb.ref('output_tokens'))).as('tokens'),
    ])
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', firstDay)
    .where('day', '<=', lastDay)
    .groupBy('day')
    .execute()
}

function callsPerDay(db: Db, tenantId: string, firstDay: string, lastDay: string) {
  return db
    .selectFrom('api_calls_daily')
    .select(['day', 'calls'])
    .where('tenant_id', '=', tenantId)
    .where('day', '>=', firstDay)
    .where('day', '<=', lastDay)
    .execute()
}
