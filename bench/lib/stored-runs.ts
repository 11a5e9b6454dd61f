import Database, { type Database as SqliteDatabase } from 'better-sqlite3'

/** Rows of one statement: bounds memory and the time until something is seen to happen. */
const BATCH = 100_000

/** Which runs a database is given. */
export interface Stored {
  count: number
  /** They are spread evenly over so many days up to now. */
  days: number
  /** What was said is there for so many days, as retention would have left it. */
  contentDays: number
  /** A query of `tenant_id, agent_id, key_id, model, kind`: each of its rows has as many runs as the others. */
  callers: string
  /** Statements that change the runs before they are added up. */
  adapt?: string
}

/** All agents alike. */
export const EVERY_AGENT = `
  select a.tenant_id, a.id as agent_id, k.id as key_id, 'bench' as model, 'run' as kind
  from agents a join api_keys k on k.tenant_id = a.tenant_id
  order by a.id`

/** Far from regular, so that failures keep to no agent: one in 50. */
const FAILED = '((n * 2654435761 % 4294967296) >> 8) % 50 = 0'

/** A new run every so many ms, up to now. Ids ascend with time, as UUIDv7 do. */
const RUNS = `
  with recursive
    numbers(n) as (select @first union all select n + 1 from numbers where n < @last),
    generated as (
      select
        n,
        printf('%08x-%04x-7%03x-8%03x-%012x', at >> 16, at & 65535, n & 4095, n & 4095, n) as id,
        at,
        caller,
        ${FAILED} as failed
      from (
        select n, cast(@began + n * @step as integer) as at, n * 7919 % (select count(*) from bench_callers) + 1 as caller
        from numbers
      )
    )`

const INSERT_RUNS = `
  insert into runs (
    id, tenant_id, kind, status, agent_id, agent_version, key_id, model, provider, started_at, duration_ms,
    overhead_ms, input_tokens, output_tokens, cached_tokens, tokens_estimated, cost_micro_usd, error_code, node_id
  )
  ${RUNS}
  select
    id, tenant_id, kind, iif(failed, 'failed', 'completed'), agent_id, iif(agent_id is null, null, 1), key_id, model, 'bench',
    strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'), 900 + n % 1000, 1, 120, 30 + n % 100, 0, 0, null,
    iif(failed, 'provider_error', null), 'local'
  from generated join bench_callers c on c.rowid = caller
  order by n`

const INSERT_CONTENTS = `
  insert into run_contents (run_id, input, output, error)
  ${RUNS}
  select
    id,
    json_object('message', printf('Evaluate transaction %d ', n) || @padding),
    iif(failed, null, json_object('risk_score', n % 100, 'reason', @padding)),
    iif(failed, 'The provider failed.', null)
  from generated
  where at >= @contentsFrom
  order by n`

/** The totals as the ledger would have left them. */
const TOTALS = `
  insert into tenant_months (tenant_id, month, runs, tokens)
  select tenant_id, substr(started_at, 1, 7) as month, count(*), sum(input_tokens + output_tokens)
  from runs group by tenant_id, month;

  insert into key_months (key_id, month, runs, tokens, cost_micro_usd)
  select key_id, substr(started_at, 1, 7) as month, count(*), sum(input_tokens + output_tokens), 0
  from runs group by key_id, month;

  insert into usage_daily (
    tenant_id, day, model, kind, runs, failed_runs, input_tokens, output_tokens, cached_tokens, cost_micro_usd
  )
  select
    tenant_id, substr(started_at, 1, 10) as day, model, kind, count(*), sum(status = 'failed'),
    sum(input_tokens), sum(output_tokens), 0, 0
  from runs group by tenant_id, day, model, kind;

  insert into api_calls_daily (tenant_id, day, calls)
  select tenant_id, day, sum(runs) from usage_daily group by tenant_id, day;

  insert or replace into agent_stats (
    agent_id, successful_runs, failed_runs, total_duration_ms, total_tokens, last_run
  )
  select
    agent_id, sum(status = 'completed'), sum(status = 'failed'), sum(duration_ms),
    sum(input_tokens + output_tokens), max(started_at)
  from runs where kind = 'run' and agent_id is not null group by agent_id;`

/**
 * Adds runs and the totals that go with them. The file is one that ARES has made, has agents but no runs, and is owned
 * by nobody.
 */
export function storeRuns(path: string, stored: Stored): void {
  const db = new Database(path)
  // Nobody minds if a crash leaves half of it.
  for (const pragma of ['journal_mode = off', 'synchronous = off', 'foreign_keys = off'])
    db.pragma(pragma)
  db.pragma('cache_size = -262144')
  db.exec(`create temp table bench_callers as ${stored.callers}`)
  insertBatches(db, stored)
  db.exec(stored.adapt ?? '')
  db.exec(TOTALS)
  db.pragma('journal_mode = wal')
  db.close()
}

const DAY_MS = 86_400_000

function insertBatches(db: SqliteDatabase, { count, days, contentDays }: Stored): void {
  const [insertRuns, insertContents] = [db.prepare(INSERT_RUNS), db.prepare(INSERT_CONTENTS)]
  const step = (days * DAY_MS) / count
  const began = Date.now() - days * DAY_MS
  const contentsFrom = Date.now() - contentDays * DAY_MS
  for (let first = 1; first <= count; first += BATCH) {
    const bounds = { first, last: Math.min(first + BATCH - 1, count), began, step }
    insertRuns.run(bounds)
    insertContents.run({ ...bounds, contentsFrom, padding: 'x'.repeat(250) })
  }
}

/** How many runs there are, and the bytes of their input, output and error. */
export function contentBytes(path: string): { runs: number; text: number } {
  const db = new Database(path, { readonly: true })
  try {
    return db
      .prepare(
        `select
           count(*) as runs,
           sum(coalesce(octet_length(input), 0) + coalesce(octet_length(output), 0) + coalesce(octet_length(error), 0)) as text
         from run_contents`,
      )
      .get() as { runs: number; text: number }
  } finally {
    db.close()
  }
}
