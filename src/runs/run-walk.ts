import { type Seen, SKIMMED, type WalkLane, WIDE_WINDOW, WINDOW } from '../db/walk.ts'
import { nextTurn } from '../next-turn.ts'
import type { Db } from '../db/tables.ts'
import { anybodysDay, tenantsDay } from './busy-days.ts'
import { type ContentSearch, oldestKept, searchContents } from './content-search.ts'
import { BOTTOM, ceilingOf, dayOfId, floorOf, rangeOfDay, TOP } from './id-times.ts'
import { formatCursor, type RunFilter, type RunQuestion } from './run-filter.ts'
import {
  agentIds,
  type IdRange,
  type ListedRun,
  runsIn,
  type RunSource,
  windowEnd,
} from './run-list-store.ts'
import { textMatcher } from './search-text.ts'

/*
 * Runs are found by walking down their ids, which tell the time. Of the filters only the agent has an index; for the
 * others the roll-ups tell which days need not be gone through at all.
 */

/** Beyond so many agents of a name, the walk by time is quicker than asking for each. */
const MAX_AGENTS = 8
/** How far a text is looked for, in runs that match the rest. */
export const MAX_SEARCHED = 10_000

export interface RunWalkDeps {
  db: Db
  lane: WalkLane
}

/** One page of runs; where the next begins, and how many were searched for a text so far. */
export interface RunPage {
  runs: ListedRun[]
  next: string | null
  searched: number | null
}

/** The newest runs that match, as far as one request may look. */
export async function findRuns(
  { db, lane }: RunWalkDeps,
  { filter, limit, cursor, client }: RunQuestion,
): Promise<RunPage> {
  const source = await sourceOf(db, filter)
  if (!source) return { runs: [], next: null, searched: filter.text === null ? null : 0 }
  const top = filter.to === null ? TOP : ceilingOf(filter.to)
  const start = cursor && cursor.below < top ? cursor.below : top
  const oldest = filter.text === null ? BOTTOM : ((await oldestKept(db)) ?? TOP)
  const steps = new RunSteps(db, source, { filter, oldest, searched: cursor?.searched ?? 0 })
  const look = (position: string, wanted: number) => steps.look(position, wanted)
  const { rows, next } = await lane.walk({ limit, start, look, client })
  const { searched } = steps
  const isOver = next === null || searched >= MAX_SEARCHED
  return {
    runs: rows,
    next: isOver ? null : formatCursor({ below: next, searched }),
    searched: filter.text === null ? null : searched,
  }
}

/** Null when there is no such agent. */
async function sourceOf(db: Db, filter: RunFilter): Promise<RunSource | null> {
  const { tenantId, agent, status } = filter
  const ids = agent === null ? null : await agentIds(db, { tenantId, agent }, MAX_AGENTS + 1)
  if (ids?.length === 0) return null
  if (status === 'running' && (ids === null || ids.length <= MAX_AGENTS))
    return { by: 'lease', ids }
  if (ids !== null && ids.length <= MAX_AGENTS) return { by: 'agents', ids }
  return { by: 'time', agentName: agent }
}

/** The windows of one request. */
class RunSteps {
  readonly #db: Db
  readonly #source: RunSource
  readonly #filter: RunFilter
  readonly #search: ContentSearch | null
  readonly #bottom: string
  /** Down to where no day has to be looked up. */
  #floor: string
  /** Rows of the next window. */
  #size = WINDOW
  searched: number

  /** @param of which runs: none before the `oldest`; and how many an earlier request has searched */
  constructor(
    db: Db,
    source: RunSource,
    { filter, oldest, searched }: { filter: RunFilter; oldest: string; searched: number },
  ) {
    this.#db = db
    this.#source = source
    this.#filter = filter
    this.#search = filter.text === null ? null : { matches: textMatcher(filter.text) }
    this.#bottom = later(oldest, filter.from === null ? BOTTOM : floorOf(filter.from))
    this.#floor = skipsDays(source, filter) ? TOP : this.#bottom
    this.searched = searched
  }

  async look(position: string, wanted: number): Promise<Seen<ListedRun>> {
    let below = position
    if (below <= this.#bottom) return END
    if (below <= this.#floor) {
      const found = await this.#nextDay(below)
      if (found === undefined) return END
      if (!found.matches) return { rows: [], effort: WINDOW, next: rangeOfDay(found.day).floor }
      const range = rangeOfDay(found.day)
      this.#floor = later(range.floor, this.#bottom)
      below = below < range.below ? below : range.below
    }
    return this.#search
      ? this.#searchWindow(this.#search, below, wanted)
      : this.#listWindow(below, wanted)
  }

  async #nextDay(below: string): Promise<{ day: string; matches: boolean } | undefined> {
    const { tenantId } = this.#filter
    if (tenantId === null) return anybodysDay(this.#db, this.#filter, dayOfId(below))
    const day = await tenantsDay(this.#db, { ...this.#filter, tenantId }, dayOfId(below))
    return day === undefined ? undefined : { day, matches: true }
  }

  async #listWindow(below: string, wanted: number): Promise<Seen<ListedRun>> {
    const { range, next, effort } = await this.#window(below)
    // One more tells whether it is the last page.
    const rows = await runsIn(this.#db, this.#source, range, this.#filter, wanted + 1)
    if (rows.length <= wanted) return { rows, effort, next }
    const shown = rows.slice(0, wanted)
    return { rows: shown, effort, next: shown.at(-1)!.id }
  }

  async #searchWindow(
    search: ContentSearch,
    below: string,
    wanted: number,
  ): Promise<Seen<ListedRun>> {
    const limit = Math.min(WINDOW, MAX_SEARCHED - this.searched)
    if (limit <= 0) return END
    const { range, next, effort } = await this.#window(below)
    const runs = await runsIn(this.#db, this.#source, range, this.#filter, limit)
    await nextTurn()
    const found = await searchContents(this.#db, search, runs, wanted)
    this.searched += found.searched
    const isWhole = found.searched === runs.length && runs.length < limit
    return {
      rows: found.runs,
      effort: effort + found.effort,
      next: isWhole ? next : runs[found.searched - 1]!.id,
    }
  }

  async #window(below: string): Promise<Window> {
    const floor = this.#floor
    const size = this.#size
    const end = await windowEnd(this.#db, this.#source, { floor, below }, size)
    // Whoever gets to another window finds little in them.
    if (this.#source.by === 'time') this.#size = Math.min(2 * size, WIDE_WINDOW)
    const next = end ?? (floor > this.#bottom ? floor : null)
    const effort = WINDOW + Math.ceil((size - WINDOW) * SKIMMED)
    return { range: { floor: end ?? floor, below }, next, effort }
  }
}

interface Window {
  range: IdRange
  /** Where the next one begins; null at the end of the list. */
  next: string | null
  effort: number
}

const END: Seen<ListedRun> = { rows: [], effort: 0, next: null }

function later(a: string, b: string): string {
  return a > b ? a : b
}

/** Whether there may be days without a run that matches. */
function skipsDays(source: RunSource, { tenantId, kind, model, status }: RunFilter): boolean {
  return source.by === 'time' && [tenantId, kind, model, status].some((value) => value !== null)
}
