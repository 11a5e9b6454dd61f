import { sql } from 'kysely'
import { nextTurn } from '../next-turn.ts'
import type { Db } from '../db/tables.ts'
import type { ListedRun } from './run-list-store.ts'
import type { KeptText } from './search-text.ts'

export interface ContentSearch {
  matches: (kept: KeptText) => boolean
}

/** Text read in one turn, unless a single run has more. */
const MAX_BYTES = 256 * 1024
/** Reading and searching so much text takes about as long as looking at a row. */
const BYTES_PER_ROW = 200

export interface SearchedRuns {
  /** Those whose content matches. */
  runs: ListedRun[]
  /** How many were looked at: all, unless enough were found before. */
  searched: number
  /** In rows. */
  effort: number
}

/** Looks through what was said in these runs, in their order, until as many as wanted are found. */
export async function searchContents(
  db: Db,
  { matches }: ContentSearch,
  runs: ListedRun[],
  wanted: number,
): Promise<SearchedRuns> {
  const found: ListedRun[] = []
  let searched = 0
  let effort = 0
  if (runs.length === 0) return { runs: found, searched, effort }
  const sizes = await sizesOf(db, runs)
  for (const group of groupsOf(runs, sizes)) {
    const contents = await contentsOf(db, group)
    for (const { id } of group) effort += Math.ceil((sizes.get(id) ?? 0) / BYTES_PER_ROW)
    for (const run of group) {
      searched++
      const kept = contents.get(run.id)
      if (kept && matches(kept)) found.push(run)
      if (found.length === wanted) return { runs: found, searched, effort }
    }
    await nextTurn()
  }
  return { runs: found, searched, effort }
}

/** The oldest run that something is kept of, since the oldest go first; undefined when nothing is kept. */
export async function oldestKept(db: Db): Promise<string | undefined> {
  const { id } = await db
    .selectFrom('run_contents')
    .select((eb) => eb.fn.min<string | null>('run_id').as('id'))
    .executeTakeFirstOrThrow()
  return id ?? undefined
}

/** In their order, each with as much text as one turn may read. */
function groupsOf(runs: ListedRun[], sizes: Map<string, number>): ListedRun[][] {
  const groups: ListedRun[][] = []
  let bytes = Infinity
  for (const run of runs) {
    const size = sizes.get(run.id) ?? 0
    if (bytes + size > MAX_BYTES) {
      groups.push([])
      bytes = 0
    }
    bytes += size
    groups.at(-1)!.push(run)
  }
  return groups
}

/** Unlike `length`, `octet_length` does not read a long text to measure it. */
async function sizesOf(db: Db, runs: ListedRun[]): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('run_contents')
    .select([
      'run_id',
      sql<number>`coalesce(octet_length(input), 0) + coalesce(octet_length(output), 0) + coalesce(octet_length(error), 0)`.as(
        'bytes',
      ),
    ])
    .where('run_id', 'in', idsOf(runs))
    .execute()
  return new Map(rows.map(({ run_id, bytes }) => [run_id, bytes]))
}

async function contentsOf(db: Db, runs: ListedRun[]): Promise<Map<string, KeptText>> {
  const rows = await db
    .selectFrom('run_contents')
    .select(['run_id', 'input', 'output', 'error'])
    .where('run_id', 'in', idsOf(runs))
    .execute()
  return new Map(rows.map((row) => [row.run_id, row]))
}

function idsOf(runs: ListedRun[]): string[] {
  return runs.map(({ id }) => id)
}
