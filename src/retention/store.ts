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
    .selectFrom('run_contents')
    // Unlike `length`, `octet_length` does not read a long text to measure it.
    .select([
      'run_id',
      sql<number>`coalesce(octet_length(input), 0) + coalesce(octet_length(output), 0) + coalesce(octet_length(error), 0)`.as(
        'bytes',
      ),
    ])
    .where('run_id', '<', p.before)
    .orderBy('run_id')
    .limit(MAX_RUNS),
)

const deleteContents = statement('delete_contents', (db, p: { last: string }) =>
  db.deleteFrom('run_contents').where('run_id', '<=', p.last),
)

/** The contents of the oldest runs whose id is below `before`, oldest first: a scan from the start of the index. */
export function listOldestContents(reads: StatementReader, before: string): Promise<ContentSize[]> {
  return reads.all(oldestContents, { before })
}

/** Drops every content up to and with that of `last`. */
export function droppingContents(last: string): Change {
  return { steps: [{ statement: deleteContents.name, params: { last } }], additions: [] }
}

export const RETENTION_STATEMENTS: Statement[] = [deleteContents]
