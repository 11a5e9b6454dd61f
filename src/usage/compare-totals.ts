import { type RawBuilder, sql } from 'kysely'
import { sumOf } from '../db/sums.ts'
import type { Db } from '../db/tables.ts'

/** What re-adding every run found. */
export interface Comparison {
  runs: number
  /** One line per total that differs. */
  differences: string[]
}

type Counts = Record<string, number>

interface Sums {
  name: string
  /** By key, as text. */
  kept: Map<string, Counts>
  added: Map<string, Counts>
}

/** Re-adds every run and compares with each maintained total. Reads everything; for `ares check --database`. */
export async function compareTotals(db: Db): Promise<Comparison> {
  const { runs } = await db
    .selectFrom('runs')
    .select((eb) => eb.fn.countAll<number>().as('runs'))
    .executeTakeFirstOrThrow()
  const sums = [await dailySums(db), await monthlySums(db), await keySums(db), await agentSums(db)]
  return { runs, differences: sums.flatMap(differencesOf) }
}

async function dailySums(db: Db): Promise<Sums> {
  const kept = await db.selectFrom('usage_daily').selectAll().execute()
  const day = startOf(10)
  const added = await db
    .selectFrom('runs')
    .select((eb) => [
      'tenant_id',
      day.as('day'),
      'model',
      'kind',
      eb.fn.countAll<number>().as('runs'),
      failedRuns.as('failed_runs'),
      sumOf('input_tokens').as('input_tokens'),
      sumOf('output_tokens').as('output_tokens'),
      sumOf('cached_tokens').as('cached_tokens'),
      cost.as('cost_micro_usd'),
    ])
    .groupBy(['tenant_id', day, 'model', 'kind'])
    .execute()
  return sumsBy('usage_daily', ['tenant_id', 'day', 'model', 'kind'], kept, added)
}

async function monthlySums(db: Db): Promise<Sums> {
  const kept = await db
    .selectFrom('tenant_months')
    .select(['tenant_id', 'month', 'runs', 'tokens'])
    .execute()
  const month = startOf(7)
  const added = await db
    .selectFrom('runs')
    .select((eb) => [
      'tenant_id',
      month.as('month'),
      eb.fn.countAll<number>().as('runs'),
      tokens.as('tokens'),
    ])
    .groupBy(['tenant_id', month])
    .execute()
  return sumsBy('tenant_months', ['tenant_id', 'month'], kept, added)
}

async function keySums(db: Db): Promise<Sums> {
  const kept = await db.selectFrom('key_months').selectAll().execute()
  const month = startOf(7)
  const added = await db
    .selectFrom('runs')
    .select((eb) => [
      'key_id',
      month.as('month'),
      eb.fn.countAll<number>().as('runs'),
      tokens.as('tokens'),
      cost.as('cost_micro_usd'),
    ])
    .groupBy(['key_id', month])
    .execute()
  return sumsBy('key_months', ['key_id', 'month'], kept, added)
}

async function agentSums(db: Db): Promise<Sums> {
  const kept = await db
    .selectFrom('agent_stats')
    .select(['agent_id', 'successful_runs', 'failed_runs', 'total_duration_ms', 'total_tokens'])
    .execute()
  const added = await db
    .selectFrom('runs')
    .select((eb) => [
      'agent_id',
      sumOf(sql`case when status = 'completed' then 1 else 0 end`).as('successful_runs'),
      failedRuns.as('failed_runs'),
      sumOf(eb.fn.coalesce('duration_ms', eb.lit(0))).as('total_duration_ms'),
      tokens.as('total_tokens'),
    ])
    .where('kind', '=', 'run')
    .where('agent_id', 'is not', null)
    .groupBy('agent_id')
    .execute()
  return sumsBy('agent_stats', ['agent_id'], kept, added)
}

const failedRuns = sumOf(sql`case when status = 'failed' then 1 else 0 end`)
const tokens = sumOf(sql`input_tokens + output_tokens`)
const cost = sumOf(sql`coalesce(cost_micro_usd, 0)`)

/** The first characters of a run's start: its day or month. */
function startOf(length: 7 | 10): RawBuilder<string> {
  return sql<string>`substr(started_at, 1, ${sql.lit(length)})`
}

function sumsBy(name: string, key: string[], kept: object[], added: object[]): Sums {
  return { name, kept: byKey(key, kept), added: byKey(key, added) }
}

function byKey(key: string[], rows: object[]): Map<string, Counts> {
  return new Map(
    rows.map((row) => {
      const entries = Object.entries(row) as [string, string | number][]
      const id = key.map((column) => String((row as Record<string, unknown>)[column])).join(' ')
      return [id, Object.fromEntries(entries.filter(([column]) => !key.includes(column))) as Counts]
    }),
  )
}

function differencesOf({ name, kept, added }: Sums): string[] {
  const ids = new Set([...kept.keys(), ...added.keys()])
  return [...ids].flatMap((id) => {
    const [keeps, adds] = [kept.get(id) ?? {}, added.get(id) ?? {}]
    return Object.keys({ ...keeps, ...adds })
      .filter((column) => (keeps[column] ?? 0) !== (adds[column] ?? 0))
      .map(
        (column) =>
          `${name} (${id}) ${column}: kept ${keeps[column] ?? 0}, re-added ${adds[column] ?? 0}`,
      )
  })
}
