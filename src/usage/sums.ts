import { sumOf } from '../db/sums.ts'
import { nextTurn } from '../next-turn.ts'
import type { Db, UsageDailyTable } from '../db/tables.ts'
import { type DailySpan, dayAfter, dayFrom } from './daily-rows.ts'
import { daysBetween } from '../limits/period.ts'

const COUNTS = [
  'runs',
  'failed_runs',
  'input_tokens',
  'output_tokens',
  'cached_tokens',
  'cost_micro_usd',
] as const

/** What was used, over days, tenants, models or kinds. */
export type UsageSum = Pick<UsageDailyTable, (typeof COUNTS)[number]>

export function noUsage(): UsageSum {
  return {
    runs: 0,
    failed_runs: 0,
    input_tokens: 0,
    output_tokens: 0,
    cached_tokens: 0,
    cost_micro_usd: 0,
  }
}

export function addUsage(sum: UsageSum, more: UsageSum): void {
  for (const count of COUNTS) sum[count] += more[count]
}

/** What sums are made for. */
export type SumKey = 'day' | 'model' | 'tenant_id'

/** Of so few days, the index of days finds the roll-ups quicker than one look for each tenant. */
const FEW_DAYS = 3
/** Days of tenants that are added up in one step: a few milliseconds. */
const STEP = 2000

/**
 * The roll-ups of a span added up. Those of one tenant are few; those of all are read day by day, or in the order in
 * which they lie, some tenants at a time; and others have their turn in between.
 */
export async function sumUsage(
  db: Db,
  span: DailySpan,
  by: SumKey,
): Promise<Map<string, UsageSum>> {
  const { firstDay, lastDay, tenantId } = span
  const sums = new Map<string, UsageSum>()
  const days = daysBetween(firstDay, lastDay)
  if (tenantId !== null) add(sums, await sumsOfTenants(db, by, span, [tenantId]))
  else if (days <= FEW_DAYS) await addDays(db, by, span, sums)
  else await addTenants(db, by, span, { sums, atOnce: Math.ceil(STEP / days) })
  return sums
}

async function addDays(
  db: Db,
  by: SumKey,
  { firstDay, lastDay }: DailySpan,
  sums: Map<string, UsageSum>,
): Promise<void> {
  for (let day = await dayFrom(db, firstDay); day !== null && day <= lastDay;) {
    add(sums, await sumsOf(db, by).where('day', '=', day).execute())
    await nextTurn()
    day = await dayAfter(db, day)
  }
}

async function addTenants(
  db: Db,
  by: SumKey,
  span: DailySpan,
  { sums, atOnce }: { sums: Map<string, UsageSum>; atOnce: number },
): Promise<void> {
  let ids: string[] = []
  do {
    ids = await tenantsAfter(db, ids.at(-1) ?? '', atOnce)
    if (ids.length > 0) add(sums, await sumsOfTenants(db, by, span, ids))
    await nextTurn()
  } while (ids.length === atOnce)
}

/** The next tenants in the order of their ids, deleted ones included. */
async function tenantsAfter(db: Db, after: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('tenants')
    .select('id')
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

function sumsOfTenants(
  db: Db,
  by: SumKey,
  { firstDay, lastDay }: DailySpan,
  ids: string[],
): Promise<({ key: string } & UsageSum)[]> {
  return sumsOf(db, by)
    .where('tenant_id', 'in', ids)
    .where('day', '>=', firstDay)
    .where('day', '<=', lastDay)
    .execute()
}

function sumsOf(db: Db, by: SumKey) {
  return db
    .selectFrom('usage_daily')
    .select((eb) => [eb.ref(by).as('key'), ...COUNTS.map((count) => sumOf(count).as(count))])
    .groupBy(by)
}

function add(sums: Map<string, UsageSum>, rows: ({ key: string } & UsageSum)[]): void {
  for (const row of rows) {
    const sum = sums.get(row.key) ?? noUsage()
    addUsage(sum, row)
    sums.set(row.key, sum)
  }
}
