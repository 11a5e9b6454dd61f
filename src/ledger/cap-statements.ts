import type { ExpressionBuilder } from 'kysely'
import { type Params, statement } from '../db/statements.ts'
import { sumOf } from '../db/sums.ts'
import type { Db, Tables } from '../db/tables.ts'

/*
 * Monthly caps of keys. They are held against `key_months`, summed over the keys that count together, so that a cap
 * that is set in the middle of a month finds what was spent before.
 */

/**
 * Keeps the tenant's month for this change alone, until its commit. `takeCappedRun` reads a second table, which an
 * engine with several writers shows as it was before the wait for the month's row: 57 runs passed a cap of 50 there.
 */
export const holdMonth = statement('hold_month', (db, p: { tenant_id: string; month: string }) =>
  db
    .updateTable('tenant_months')
    .set((eb) => ({ runs: eb.ref('runs') }))
    .where('tenant_id', '=', p.tenant_id)
    .where('month', '=', p.month),
)

interface TakeCappedRunParams extends Params {
  tenant_id: string
  month: string
  tenant_runs_limit: number
  tenant_tokens_limit: number
  family_id: string
  key_runs_limit: number
  key_tokens_limit: number
}

/**
 * Takes one run out of the tenant's month, which is held, for a key with caps of its own. One guard for both, so that
 * nothing is written when either refuses.
 */
export const takeCappedRun = statement('take_capped_run', (db, p: TakeCappedRunParams) =>
  db
    .updateTable('tenant_months')
    .set((eb) => ({ runs: eb('runs', '+', 1) }))
    .where('tenant_id', '=', p.tenant_id)
    .where('month', '=', p.month)
    .where('runs', '<', p.tenant_runs_limit)
    .where('tokens', '<', p.tenant_tokens_limit)
    .where((eb) => eb(spentByFamily(db, p, 'runs'), '<', p.key_runs_limit))
    .where((eb) => eb(spentByFamily(db, p, 'tokens'), '<', p.key_tokens_limit)),
)

type FamilyMonth = Pick<TakeCappedRunParams, 'family_id' | 'month'>

function monthsOfFamily(db: Db, { family_id, month }: FamilyMonth) {
  return db
    .selectFrom('key_months')
    .where('key_id', 'in', (eb) =>
      eb.selectFrom('api_keys').select('id').where('family_id', '=', family_id),
    )
    .where('month', '=', month)
}

function spentByFamily(db: Db, p: FamilyMonth, column: 'runs' | 'tokens') {
  return monthsOfFamily(db, p).select((eb) => spent(eb, column).as('spent'))
}

function spent(eb: ExpressionBuilder<Tables, 'key_months'>, column: 'runs' | 'tokens') {
  return eb.fn.coalesce(sumOf<number | null>(column), eb.lit(0))
}

/** What a key and those that count together with it have spent in a month. */
export const readFamilyMonth = statement('read_family_month', (db, p: FamilyMonth) =>
  monthsOfFamily(db, p).select((eb) => [
    spent(eb, 'runs').as('runs'),
    spent(eb, 'tokens').as('tokens'),
  ]),
)
