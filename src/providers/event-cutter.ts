const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/** Cuts the reads of an event stream between events, so that something else can be said in between. */
export class EventCutter {
  /** Whole events that have not been taken. */
  #whole: Uint8Array[] = []
  /** The beginning of the next. */
  #rest: Uint8Array[] = []
  /** The last two bytes of the rest. */
  #tail = [0, 0]

  /** Looks at these bytes alone: a long event in many reads is joined once it is whole. */
  add(bytes: Uint8Array): void {
    const end = this.#lastEnd(bytes)
    if (end > 0) {
      this.#whole.push(...this.#rest, bytes.subarray(0, end))
      this.#rest = []
      this.#tail = [0, 0]
    }
    if (end === bytes.length) return
    this.#rest.push(bytes.subarray(end))
    this.#tail = [...this.#tail, ...bytes.subarray(Math.max(end, bytes.length - 2))].slice(-2)
  }

  /** The whole events so far, or null; the beginning of the next one stays. */
  take(): Uint8Array | null {
    return joined(this.#whole.splice(0))
  }

  /** Everything, whole or not; null when there is nothing. */
  takeRest(): Uint8Array | null {
    this.#tail = [0, 0]
    return joined([...this.#whole.splice(0), ...this.#rest.splice(0)])
  }

  /** Where the last event ends that ends in these bytes; 0 when none does. */
  #lastEnd(bytes: Uint8Array): number {
    const lineEnd = lineEndIn(bytes)
    let at = bytes.lastIndexOf(lineEnd)
    for (; at > 2; at = bytes.lastIndexOf(lineEnd, at - 1)) {
      if (endsEvent(bytes, at + 1)) return at + 1
    }
    // The blank line may have begun in the bytes before.
    const beginning = Uint8Array.from([...this.#tail, ...bytes.subarray(0, at + 1)])
    for (let end = beginning.length; end > 2; end--) {
      if (endsEvent(beginning, end)) return end - 2
    }
    return 0
  }
}

function joined(parts: Uint8Array[]): Uint8Array | null {
  const [only, ...more] = parts
  if (only === undefined) return null
  return more.length === 0 ? only : Buffer.concat(parts)
}

/** The events one by one, each with its blank line; the last may lack it. */
export function eventsIn(bytes: Uint8Array): Uint8Array[] {
  const events: Uint8Array[] = []
  let start = 0
  const lineEnd = lineEndIn(bytes)
  for (let at = bytes.indexOf(lineEnd); at >= 0; at = bytes.indexOf(lineEnd, at + 1)) {
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
  const lineEnd = lineEndIn(bytes)
  let at = bytes.lastIndexOf(lineEnd, end - 2)
  while (at > 0 && !endsEvent(bytes, at + 1)) at = bytes.lastIndexOf(lineEnd, at - 1)
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

/** What the last byte of a line is: a line feed, unless there is none, for some streams have carriage returns alone. */
function lineEndIn(bytes: Uint8Array): number {
  return bytes.includes(LINE_FEED) ? LINE_FEED : CARRIAGE_RETURN
}

/** Whether a blank line ends there, with any kind of line end. */
export function endsEvent(bytes: Uint8Array, end: number): boolean {
  const before = bytes[end - 2]
  if (bytes[end - 1] === CARRIAGE_RETURN) return before === CARRIAGE_RETURN
  if (bytes[end - 1] !== LINE_FEED) return false
  return before === LINE_FEED || (before === CARRIAGE_RETURN && bytes[end - 3] === LINE_FEED)
}
