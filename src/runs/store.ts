import { sql } from 'kysely'
import { statement, type StatementReader } from '../db/statements.ts'
import type { Db, RunsTable } from '../db/tables.ts'
import type { RunContent } from '../ledger/run-row.ts'

/** A run as histories show it, apart from what was said. */
export type RunRow = RunsTable &
  Pick<RunContent, 'error'> & {
    /** The run whose content was found; null while it is under way and once its content has expired. */
    content_of: string | null
  }

/** With what was said. */
export type WholeRun = RunRow & RunContent

/** How long what was said is, in bytes of its JSON; null where there is nothing. */
export interface ContentSizes {
  input_bytes: number | null
  output_bytes: number | null
}

function runsWithError(db: Db) {
  return db
    .selectFrom('runs')
    .leftJoin('run_contents', 'run_contents.run_id', 'runs.id')
    .selectAll('runs')
    .select(['run_contents.run_id as content_of', 'error'])
}

/** Unlike `length`, `octet_length` does not read a long text to measure it. */
export const CONTENT_SIZES = [
  sql<number | null>`octet_length(input)`.as('input_bytes'),
  sql<number | null>`octet_length(output)`.as('output_bytes'),
] as const

const newestRuns = statement(
  'newest_runs',
  (db, p: { agent_id: string; limit: number; offset: number }) =>
    runsWithError(db)
      .select(CONTENT_SIZES)
      .where('runs.agent_id', '=', p.agent_id)
      .where('runs.kind', '=', 'run')
      // Ids are time-ordered, so the index (agent_id, kind, id) yields the newest first.
      .orderBy('runs.id', 'desc')
      .limit(p.limit)
      .offset(p.offset),
)

const runById = statement('run_by_id', (db, p: { id: string }) =>
  runsWithError(db).select(['input', 'output']).where('runs.id', '=', p.id),
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
export function findRun(reads: StatementReader, id: string): Promise<WholeRun | undefined> {
  return reads.get(runById, { id })
}

/** The agent's runs, newest first. */
export function listRuns(
  reads: StatementReader,
  agentId: string,
  { limit, offset }: { limit: number; offset: number },
): Promise<(RunRow & ContentSizes)[]> {
  return reads.all(newestRuns, { agent_id: agentId, limit, offset })
}

/** How many runs the agent's history has: the finished from its statistics, and those in flight. */
export async function countRuns(reads: StatementReader, agentId: string): Promise<number> {
  const counts = await reads.get(countStartedRuns, { agent_id: agentId })
  return counts ? counts.successful_runs + counts.failed_runs + counts.running : 0
}
