import { type Params, type Statement, statement } from '../db/statements.ts'
import { selectMonthTotals } from '../usage/store.ts'
import { holdMonth, takeCappedRun } from './cap-statements.ts'
import { renewLease } from './leases.ts'
import {
  columnsOf,
  type KeptResponse,
  type OpenRun,
  RESERVED,
  type RunContent,
  SETTLED,
  type SettledRun,
  UNDER_WAY,
} from './run-row.ts'

/*
 * What spending writes and reads: each a prepared statement that the ledger names in its changes. Statements that add
 * are merged over all changes of a commit, so `excluded` holds the sum of one batch.
 */

/** Bound where a tier has no limit: larger than any count. */
export const NO_LIMIT = Number.MAX_SAFE_INTEGER

interface TakeRunParams extends Params {
  tenant_id: string
  month: string
  runs_limit: number
  tokens_limit: number
}

/** Takes one run out of the tenant's month; changes no row when a quota is used up, or when there is no such month yet. */
export const takeRun = statement('take_run', (db, p: TakeRunParams) =>
  db
    .updateTable('tenant_months')
    .set((eb) => ({ runs: eb('runs', '+', 1) }))
    .where('tenant_id', '=', p.tenant_id)
    .where('month', '=', p.month)
    .where('runs', '<', p.runs_limit)
    .where('tokens', '<', p.tokens_limit),
)

/** Begins a tenant's month with its first run; changes no row when nothing is allowed at all, or the month has begun. */
export const takeFirstRun = statement('take_first_run', (db, p: TakeRunParams) =>
  db
    .insertInto('tenant_months')
    .columns(['tenant_id', 'month', 'runs', 'tokens', 'runs_alerted', 'tokens_alerted'])
    .expression((eb) =>
      eb
        .selectFrom('tenants')
        .select((s) => [
          'id',
          s.val(p.month).as('month'),
          s.lit(1).as('runs'),
          s.lit(0).as('tokens'),
          s.lit(0).as('runs_alerted'),
          s.lit(0).as('tokens_alerted'),
        ])
        .where('id', '=', p.tenant_id)
        // Beside a plain 0 PostgreSQL would take the limits for 32 bits.
        .where((w) => w(w.cast<number>(w.val(p.runs_limit), 'bigint'), '>', w.lit(0)))
        .where((w) => w(w.cast<number>(w.val(p.tokens_limit), 'bigint'), '>', w.lit(0))),
    )
    .onConflict((conflict) => conflict.columns(['tenant_id', 'month']).doNothing()),
)

/** The row of a run in flight: small, for a second write completes it. */
export const insertRun = statement('insert_run', (db, p: OpenRun) =>
  db.insertInto('runs').values({ ...columnsOf(p, RESERVED), ...UNDER_WAY }),
)

/** Completes a run that is still running; changes no row when somebody has settled it already. */
export const settleRun = statement('settle_run', (db, p: SettledRun) =>
  db
    .updateTable('runs')
    .set(columnsOf(p, SETTLED))
    .where('id', '=', p.id)
    .where('status', '=', 'running'),
)

export const insertContent = statement(
  'insert_content',
  (db, { run_id, input, output, error }: RunContent & { run_id: string }) =>
    db.insertInto('run_contents').values({ run_id, input, output, error }),
)

export const insertKeptResponse = statement(
  'insert_kept_response',
  (db, { run_id, previous_id, input, response }: KeptResponse & { run_id: string }) =>
    db.insertInto('kept_responses').values({ run_id, previous_id, input, response }),
)

/** Adds settled tokens to the month, whose row the reservation has made. */
export const addMonthTokens = statement(
  'add_month_tokens',
  (db, p: { tenant_id: string; month: string; tokens: number }) =>
    db
      .updateTable('tenant_months')
      .set((eb) => ({ tokens: eb('tokens', '+', p.tokens) }))
      .where('tenant_id', '=', p.tenant_id)
      .where('month', '=', p.month),
)

/** The totals that quotas are held against, and whose they are by now. A reading of its own: `returning` builds a table each time. */
export const readMonth = statement('read_month', (db, p: { tenant_id: string; month: string }) =>
  selectMonthTotals(db, p.tenant_id, p.month),
)

export const addDailyUsage = statement(
  'add_daily_usage',
  (
    db,
    p: {
      tenant_id: string
      day: string
      model: string
      kind: string
      runs: number
      failed_runs: number
      input_tokens: number
      output_tokens: number
      cached_tokens: number
      cost_micro_usd: number
    },
  ) =>
    db
      .insertInto('usage_daily')
      .values({
        tenant_id: p.tenant_id,
        day: p.day,
        model: p.model,
        kind: p.kind,
        runs: p.runs,
        failed_runs: p.failed_runs,
        input_tokens: p.input_tokens,
        output_tokens: p.output_tokens,
        cached_tokens: p.cached_tokens,
        cost_micro_usd: p.cost_micro_usd,
      })
      .onConflict((conflict) =>
        conflict.columns(['tenant_id', 'day', 'model', 'kind']).doUpdateSet((set) => ({
          runs: set('usage_daily.runs', '+', set.ref('excluded.runs')),
          failed_runs: set('usage_daily.failed_runs', '+', set.ref('excluded.failed_runs')),
          input_tokens: set('usage_daily.input_tokens', '+', set.ref('excluded.input_tokens')),
          output_tokens: set('usage_daily.output_tokens', '+', set.ref('excluded.output_tokens')),
          cached_tokens: set('usage_daily.cached_tokens', '+', set.ref('excluded.cached_tokens')),
          cost_micro_usd: set(
            'usage_daily.cost_micro_usd',
            '+',
            set.ref('excluded.cost_micro_usd'),
          ),
        })),
      ),
)

export const addKeyUsage = statement(
  'add_key_usage',
  (
    db,
    p: { key_id: string; month: string; runs: number; tokens: number; cost_micro_usd: number },
  ) =>
    db
      .insertInto('key_months')
      .values({
        key_id: p.key_id,
        month: p.month,
        runs: p.runs,
        tokens: p.tokens,
        cost_micro_usd: p.cost_micro_usd,
      })
      .onConflict((conflict) =>
        conflict.columns(['key_id', 'month']).doUpdateSet((set) => ({
          runs: set('key_months.runs', '+', set.ref('excluded.runs')),
          tokens: set('key_months.tokens', '+', set.ref('excluded.tokens')),
          cost_micro_usd: set('key_months.cost_micro_usd', '+', set.ref('excluded.cost_micro_usd')),
        })),
      ),
)

/** A run of the agent has started. The row exists since the agent was made. */
export const noteAgentRun = statement(
  'note_agent_run',
  (db, p: { agent_id: string; last_run: string }) =>
    db
      .updateTable('agent_stats')
      .set({ last_run: p.last_run })
      .where('agent_id', '=', p.agent_id)
      .where((eb) => eb.or([eb('last_run', 'is', null), eb('last_run', '<', p.last_run)])),
)

/** Runs of the agent have finished. */
export const addAgentStats = statement(
  'add_agent_stats',
  (
    db,
    p: {
      agent_id: string
      successful_runs: number
      failed_runs: number
      total_duration_ms: number
      total_tokens: number
    },
  ) =>
    db
      .updateTable('agent_stats')
      .set((eb) => ({
        successful_runs: eb('successful_runs', '+', p.successful_runs),
        failed_runs: eb('failed_runs', '+', p.failed_runs),
        total_duration_ms: eb('total_duration_ms', '+', p.total_duration_ms),
        total_tokens: eb('total_tokens', '+', p.total_tokens),
      }))
      .where('agent_id', '=', p.agent_id),
)

export const LEDGER_STATEMENTS: Statement[] = [
  takeRun,
  takeFirstRun,
  holdMonth,
  takeCappedRun,
  insertRun,
  settleRun,
  renewLease,
  insertContent,
  insertKeptResponse,
  addMonthTokens,
  readMonth,
  addDailyUsage,
  addKeyUsage,
  noteAgentRun,
  addAgentStats,
]
