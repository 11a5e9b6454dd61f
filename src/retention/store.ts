import { sql } from 'kysely'
import type { Change } from '../db/change-batch.ts'
import { type Statement, statement, type StatementReader } from '../db/statements.ts'

/** Contents that one step may drop: it keeps the event loop for as long as it takes. */
const MAX_RUNS = 100

/** The content of one run. */
export interface ContentSize {
  run_id: string
  bytes: number
}

const oldestContents = statement('oldest_contents', (db, p: { before: string }) =>
  db
    .selectFrom('run_contents as c')
    .leftJoin('kept_responses as k', 'k.run_id', 'c.run_id')
    // Unlike `length`, `octet_length` does not read a long text to measure it.
    .select([
      'c.run_id',
      sql<number>`coalesce(octet_length(c.input), 0) + coalesce(octet_length(c.output), 0) + coalesce(octet_length(c.error), 0) + coalesce(octet_length(k.input), 0) + coalesce(octet_length(k.response), 0)`.as(
        'bytes',
      ),
    ])
    .where('c.run_id', '<', p.before)
    .orderBy('c.run_id')
    .limit(MAX_RUNS),
)

const deleteContents = statement('delete_contents', (db, p: { last: string }) =>
  db.deleteFrom('run_contents').where('run_id', '<=', p.last),
)

const deleteKeptResponses = statement('delete_kept_responses', (db, p: { last: string }) =>
  db.deleteFrom('kept_responses').where('run_id', '<=', p.last),
)

/** The contents of the oldest runs whose id is below `before`, oldest first: a scan from the start of the index. */
export function listOldestContents(reads: StatementReader, before: string): Promise<ContentSize[]> {
  return reads.all(oldestContents, { before })
}

/** Drops every content up to and with that of `last`, and the answers that were kept with them. */
export function droppingContents(last: string): Change {
  const steps = [deleteContents, deleteKeptResponses].map(({ name }) => ({
    statement: name,
    params: { last },
  }))
  return { steps, additions: [] }
}

export const RETENTION_STATEMENTS: Statement[] = [deleteContents, deleteKeptResponses]
