import { sql } from 'kysely'
import { statement, type StatementReader } from '../db/statements.ts'
import type { Db, RunContentsTable, RunsTable } from '../db/tables.ts'

/** A run with its content, as histories show it. */
export type RunRow = Pick<
  RunsTable,
  | 'id'
  | 'agent_id'
  | 'status'
  | 'model'
  | 'started_at'
  | 'duration_ms'
  | 'overhead_ms'
  | 'input_tokens'
  | 'output_tokens'
  | 'tokens_estimated'
  | 'error_code'
> &
  Pick<RunContentsTable, 'input' | 'output' | 'error'> & {
    /** The run whose content was found; null while it is under way and once its content has expired. */
    content_of: string | null
  }

const RUN_COLUMNS = [
  'runs.id',
  'runs.agent_id',
  'runs.status',
  'runs.model',
  'runs.started_at',
  'runs.duration_ms',
  'runs.overhead_ms',
  'runs.input_tokens',
  'runs.output_tokens',
  'runs.tokens_estimated',
  'runs.error_code',
  'run_contents.run_id as content_of',
  'run_contents.input',
  'run_contents.output',
  'run_contents.error',
] as const

const newestRuns = statement(
  'newest_runs',
  (db, p: { agent_id: string; limit: number; offset: number }) =>
    db
      .selectFrom('runs')
      .leftJoin('run_contents', 'run_contents.run_id', 'runs.id')
      .select(RUN_COLUMNS)
      .where('runs.agent_id', '=', p.agent_id)
      .where('runs.kind', '=', 'run')
      // Ids are time-ordered, so the index (agent_id, kind, id) yields the newest first.
      .orderBy('runs.id', 'desc')
      .limit(p.limit)
      .offset(p.offset),
)

const runById = statement('run_by_id', (db, p: { id: string }) =>
  db
    .selectFrom('runs')
    .leftJoin('run_contents', 'run_contents.run_id', 'runs.id')
    .select([...RUN_COLUMNS, 'runs.kind'])
    .where('runs.id', '=', p.id),
)

const countStartedRuns = statement('count_started_runs', (db, p: { agent_id: string }) =>
  db
    .selectFrom('agent_stats')
    .select((eb) => [
      'successful_runs',
      'failed_runs',
      eb
        .selectFrom('runs')
        .select((count) => count.fn.countAll<number>().as('running'))
        .where('lease_until', 'is not', null)
        // Not the bare column: its index leads to all runs of the agent, that of `lease_until` to the few in flight.
        .where(sql`agent_id || ''`, '=', p.agent_id)
        .where('kind', '=', 'run')
        .$asScalar()
        .$notNull()
        .as('running'),
    ])
    .where('agent_id', '=', p.agent_id),
)

/** One run or chat, whoever's it is. */
export function findRun(
  reads: StatementReader,
  id: string,
): Promise<(RunRow & Pick<RunsTable, 'kind'>) | undefined> {
  return reads.get(runById, { id })
}

/** The agent's runs, newest first. */
export function listRuns(
  reads: StatementReader,
  agentId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<RunRow[]> {
  return reads.all(newestRuns, { agent_id: agentId, limit, offset })
}

/** How many runs the agent's history has: the finished from its statistics, and those in flight. */
export async function countRuns(reads: StatementReader, agentId: string): Promise<number> {
  const counts = await reads.get(countStartedRuns, { agent_id: agentId })
  return counts ? counts.successful_runs + counts.failed_runs + counts.running : 0
}

/** A run whose owner did not settle it. */
export type UnsettledRow = Pick<
  RunsTable,
  | 'id'
  | 'tenant_id'
  | 'kind'
  | 'agent_id'
  | 'agent_version'
  | 'key_id'
  | 'model'
  | 'provider'
  | 'started_at'
>

/** Runs that are still marked as running, found by their leases whatever the number of finished ones. */
export function listUnsettledRuns(db: Db, limit: number): Promise<UnsettledRow[]> {
  return db
    .selectFrom('runs')
    .select([
      'id',
      'tenant_id',
      'kind',
      'agent_id',
      'agent_version',
      'key_id',
      'model',
      'provider',
      'started_at',
    ])
    .where('lease_until', 'is not', null)
    .orderBy('lease_until')
    .limit(limit)
    .execute()
}
