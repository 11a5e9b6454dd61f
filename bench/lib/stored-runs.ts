import Database, { type Database as SqliteDatabase } from 'better-sqlite3'

/** Rows of one statement: bounds memory and the time until something is seen to happen. */
const BATCH = 100_000
const DAYS = 90

/** A new run every so many ms, up to now; one in 51 has failed (not 50: failures would keep to the same agents). Ids ascend with time, as UUIDv7 do. */
const RUNS = `
  with recursive
    numbers(n) as (select @first union all select n + 1 from numbers where n < @last),
    generated as (
      select
        n,
        printf('%08x-%04x-7%03x-8%03x-%012x', at >> 16, at & 65535, n & 4095, n & 4095, n) as id,
        at,
        agent
      from (
        select n, cast(@began + n * @step as integer) as at, n * 73 % (select count(*) from bench_agents) as agent
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
    id, tenant_id, 'run', iif(n % 51 = 0, 'failed', 'completed'), agent_id, 1, key_id, 'bench', 'bench',
    strftime('%Y-%m-%dT%H:%M:%fZ', at / 1000.0, 'unixepoch'), 900 + n % 1000, 1, 120, 30 + n % 100, 0, 0, null,
    iif(n % 51 = 0, 'provider_error', null), 'local'
  from generated join bench_agents on number = agent
  order by n`

const INSERT_CONTENTS = `
  insert into run_contents (run_id, input, output, error)
  ${RUNS}
  select
    id,
    json_object('message', printf('Evaluate transaction %d ', n) || @padding),
    iif(n % 51 = 0, null, json_object('risk_score', n % 100, 'reason', @padding)),
    iif(n % 51 = 0, 'The provider failed.', null)
  from generated
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
  from runs group by agent_id;`

/**
 * Adds runs of the last 90 days, spread evenly over the agents, and the totals that go with them. The file is one that
 * ARES has made, has agents but no runs, and is owned by nobody.
 */
export function storeRuns(path: string, count: number): void {
  const db = new Database(path)
  // Nobody minds if a crash leaves half of it.
  for (const pragma of ['journal_mode = off', 'synchronous = off', 'foreign_keys = off'])
    db.pragma(pragma)
  db.pragma('cache_size = -262144')
  db.exec(`
    create temp table bench_agents as
    select row_number() over (order by a.id) - 1 as number, a.id as agent_id, a.tenant_id, k.id as key_id
    from agents a join api_keys k on k.tenant_id = a.tenant_id;
    create unique index temp.bench_agents_number on bench_agents (number);`)
  insertBatches(db, count)
  db.exec(TOTALS)
  db.pragma('journal_mode = wal')
  db.close()
}

function insertBatches(db: SqliteDatabase, count: number): void {
  const [insertRuns, insertContents] = [db.prepare(INSERT_RUNS), db.prepare(INSERT_CONTENTS)]
  const step = (DAYS * 86_400_000) / count
  const began = Date.now() - DAYS * 86_400_000
  for (let first = 1; first <= count; first += BATCH) {
    const bounds = { first, last: Math.min(first + BATCH - 1, count), began, step }
    insertRuns.run(bounds)
    insertContents.run({ ...bounds, padding: 'x'.repeat(250) })
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
