import type { Clock } from '../clock.ts'

/*
 * Lists that are filtered by what no index knows. An index for each filter would be written with each run; walking
 * down the order of the list costs nothing until somebody asks, if it is done in windows that nobody else feels.
 */

/** Rows of one window: about a millisecond. */
export const WINDOW = 500
/** Rows of one window that are looked at in the order in which they lie, where asking takes longer than looking. */
export const WIDE_WINDOW = 4000
/** What looking at such a row takes, in rows that cost as those of a small window do. */
export const SKIMMED = 1 / 4

/** What one request may look at, in rows; whoever wants more asks again with the cursor. */
const MAX_EFFORT = 20_000
/** For disks that are slow: a request ends after this long, wherever it is. */
const MAX_MS = 500

/** What a window holds. */
export interface Seen<Row> {
  /** Those that match, in the order of the list; no more than were wanted. */
  rows: Row[]
  /** How much was looked at, in rows. */
  effort: number
  /** Where the next window begins; null at the end of the list. */
  next: string | null
  /** The answer has as much as it may have: the walk ends here, whatever was wanted. */
  full?: boolean
}

export interface Walk<Row> {
  limit: number
  /** Where an earlier walk has stopped, or the top. */
  start: string
  look: (position: string, wanted: number) => Promise<Seen<Row>>
  /** Nobody waits for the answer any more. */
  client: AbortSignal
}

/**
 * Where walks go one window at a time, however many there are, and everybody else has the event loop for `rest` times
 * as long as a window took. Whoever asks for more than that waits for it.
 */
export class WalkLane {
  readonly #clock: Clock
  readonly #rest: number
  #free: Promise<void> = Promise.resolve()

  constructor(clock: Clock, rest: number) {
    this.#clock = clock
    this.#rest = rest
  }

  /** Goes from window to window until enough is found, the list ends, or the request has done its share. */
  async walk<Row>({ limit, start, look, client }: Walk<Row>): Promise<Walked<Row>> {
    const endMs = this.#clock.monotonicMs() + MAX_MS
    const rows: Row[] = []
    let position: string | null = start
    let effort = 0
    let full = false
    do {
      const from: string = position
      const seen: Seen<Row> = await this.#inTurn(() => look(from, limit - rows.length))
      rows.push(...seen.rows)
      position = seen.next
      effort += seen.effort
      full = seen.full ?? false
    } while (
      position !== null &&
      !full &&
      rows.length < limit &&
      effort < MAX_EFFORT &&
      !client.aborted &&
      this.#clock.monotonicMs() < endMs
    )
    return { rows, next: position }
  }

  async #inTurn<T>(look: () => Promise<T>): Promise<T> {
    const before = this.#free
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#free = promise
    await before
    const startedMs = this.#clock.monotonicMs()
    try {
      return await look()
    } finally {
      const tookMs = this.#clock.monotonicMs() - startedMs
      setTimeout(resolve, tookMs * this.#rest)
    }
  }
}

/** What a walk has found, and where the next begins; null at the end of the list. */
export interface Walked<Row> {
  rows: Row[]
  next: string | null
}
