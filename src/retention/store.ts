import { sql } from 'kysely'
import type { Change } from '../db/change-batch.ts'
import { type Statement, statement, type StatementReader } from '../db/statements.ts'
import type { Db } from '../db/tables.ts'

/** Contents that one step may drop: it keeps the event loop for as long as it takes. */
const MAX_RUNS = 100

/** The content of one run. */
export interface ContentSize {
  run_id: string
  bytes: number
}

/** The pages of the database file. */
export interface FilePages {
  page_count: number
  freelist_count: number
  page_size: number
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

/** The driver takes one step of this pragma per execution, and one step gives back one page. */
const freePage: Statement = {
  name: 'free_page',
  build: (db) => ({ compile: () => sql`pragma incremental_vacuum(1)`.compile(db) }),
}

/** The contents of the oldest runs whose id is below `before`, oldest first: a scan from the start of the index. */
export function listOldestContents(reads: StatementReader, before: string): Promise<ContentSize[]> {
  return reads.all(oldestContents, { before })
}

/** Drops every content up to and with that of `last`. */
export function droppingContents(last: string): Change {
  return { steps: [{ statement: deleteContents.name, params: { last } }], additions: [] }
}

/** Gives free pages back to the file system, from the end of the file. */
export function freeingPages(count: number): Change {
  const step = { statement: freePage.name, params: {} }
  return { steps: Array.from({ length: count }, () => step), additions: [] }
}

/** Kept in the header of the file, so that nothing is counted. */
export async function countPages(db: Db): Promise<FilePages> {
  const { rows } = await sql<FilePages>`
    select page_count, freelist_count, page_size
    from pragma_page_count, pragma_freelist_count, pragma_page_size`.execute(db)
  return rows[0]!
}

export const RETENTION_STATEMENTS: Statement[] = [deleteContents, freePage]
