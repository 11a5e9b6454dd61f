const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** Cuts the reads of an event stream between events, so that something else can be said in between. */
export class EventCutter {
  /** Whole events and the beginning of the next. */
  #parts: Uint8Array[] = []

  add(bytes: Uint8Array): void {
    this.#parts.push(bytes)
  }

  /** The whole events so far, or null; the beginning of the next one stays. */
  take(): Uint8Array | null {
    const last = this.#parts.at(-1)
    if (last === undefined) return null
    if (this.#parts.length === 1 && endsEvent(last, last.length)) return this.takeRest()
    // Not joined before a line ends: a long line in many reads would be copied with each of them.
    if (!last.includes(LINE_FEED)) return null
    const all = Buffer.concat(this.#parts)
    const end = lastEventEnd(all)
    this.#parts = end === all.length ? [] : [all.subarray(end)]
    return end === 0 ? null : all.subarray(0, end)
  }

  /** Everything, whole or not; null when there is nothing. */
  takeRest(): Uint8Array | null {
    const [only, ...more] = this.#parts
    this.#parts = []
    if (only === undefined) return null
    return more.length === 0 ? only : Buffer.concat([only, ...more])
  }
}

/** The events one by one, each with its blank line; the last may lack it. */
export function eventsIn(bytes: Uint8Array): Uint8Array[] {
  const events: Uint8Array[] = []
  let start = 0
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    if (!endsEvent(bytes, at + 1)) continue
    events.push(bytes.subarray(start, at + 1))
    start = at + 1
  }
  if (start < bytes.length) events.push(bytes.subarray(start))
  return events
}

/** Where the last of the events before `end` begins. */
export function startOfLastEvent(bytes: Uint8Array, end: number): number {
  if (end < 2) return 0
  let at = bytes.lastIndexOf(LINE_FEED, end - 2)
  while (at > 0 && !endsEvent(bytes, at + 1)) at = bytes.lastIndexOf(LINE_FEED, at - 1)
  return at > 0 ? at + 1 : 0
}

/** The data of one event: its first data line; empty when it has none. */
export function dataOf(event: Uint8Array): string {
  return /^data:[ ]?(.*)$/m.exec(Buffer.from(event).toString())?.[1] ?? ''
}

/** The first so many events that have data, and what stands between them; null when that is nothing. */
export function firstEvents(bytes: Uint8Array | null, count: number): Uint8Array | null {
  let left = count
  let length = 0
  for (const event of bytes ? eventsIn(bytes) : []) {
    if (dataOf(event) !== '' && left-- === 0) break
    length += event.length
  }
  return length === 0 ? null : bytes!.subarray(0, length)
}

/** Where the last whole event ends. */
function lastEventEnd(bytes: Uint8Array): number {
  return startOfLastEvent(bytes, bytes.length + 1)
}

/** Whether a blank line ends there, with either kind of line end. */
export function endsEvent(bytes: Uint8Array, end: number): boolean {
  if (bytes[end - 1] !== LINE_FEED) return false
  const before = bytes[end - 2]
  return before === LINE_FEED || (before === CARRIAGE_RETURN && bytes[end - 3] === LINE_FEED)
}
