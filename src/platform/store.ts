import { statement } from '../db/statements.ts'
import { sumOf } from '../db/sums.ts'
import type { Db } from '../db/tables.ts'

export interface PlatformTotals {
  tenants: number
  agents: number
  runsToday: number
  tokensToday: number
}

/** What there is and what was spent today, from maintained rows: never a scan of runs. */
export async function totalPlatform(db: Db, today: string): Promise<PlatformTotals> {
  const { tenants } = await db
    .selectFrom('tenants')
    .select((eb) => eb.fn.countAll<number>().as('tenants'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  const { agents } = await db
    .selectFrom('agents')
    .select((eb) => eb.fn.countAll<number>().as('agents'))
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  const { runs, tokens } = await db
    .selectFrom('usage_daily')
    .select((eb) => [
      sumOf<number | null>('runs').as('runs'),
      sumOf<number | null>(eb('input_tokens', '+', eb.ref('output_tokens'))).as('tokens'),
    ])
    .where('day', '=', today)
    .executeTakeFirstOrThrow()
  return { tenants, agents, runsToday: runs ?? 0, tokensToday: tokens ?? 0 }
}

/** Overwrites the one row that proves the database takes writes. */
export const writeReadiness = statement('write_readiness', (db, p: { checked_at: string }) =>
  db
    .insertInto('readiness')
    .values({ id: 1, checked_at: p.checked_at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ checked_at: p.checked_at })),
)

export const readReadiness = statement('read_readiness', (db, p: { id: number }) =>
  db.selectFrom('readiness').select('checked_at').where('id', '=', p.id),
)
