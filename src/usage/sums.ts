import { nextTurn } from '../db/walk.ts'
import type { Db, UsageDailyTable } from '../db/tables.ts'
import { type DailySpan, dayAfter, dayFrom } from './daily-rows.ts'

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

/**
 * The roll-ups of a span added up. Those of one tenant are few; those of all are read day by day, and others have
 * their turn in between.
 */
export async function sumUsage(
  db: Db,
  { firstDay, lastDay, tenantId }: DailySpan,
  by: SumKey,
): Promise<Map<string, UsageSum>> {
  const sums = new Map<string, UsageSum>()
  if (tenantId !== null) {
    add(
      sums,
      await sumsOf(db, by)
        .where('tenant_id', '=', tenantId)
        .where('day', '>=', firstDay)
        .where('day', '<=', lastDay)
        .execute(),
    )
    return sums
  }
  for (let day = await dayFrom(db, firstDay); day !== null && day <= lastDay;) {
    add(sums, await sumsOf(db, by).where('day', '=', day).execute())
    await nextTurn()
    day = await dayAfter(db, day)
  }
  return sums
}

function sumsOf(db: Db, by: SumKey) {
  return db
    .selectFrom('usage_daily')
    .select((eb) => [
      eb.ref(by).as('key'),
      ...COUNTS.map((count) => eb.fn.sum<number>(count).as(count)),
    ])
    .groupBy(by)
}

function add(sums: Map<string, UsageSum>, rows: ({ key: string } & UsageSum)[]): void {
  for (const row of rows) {
    const sum = sums.get(row.key) ?? noUsage()
    addUsage(sum, row)
    sums.set(row.key, sum)
  }
}
