import { nextTurn } from '../next-turn.ts'
import { LongText, STEP } from './long-pieces.ts'

/** What an event stream is made of. */
export interface EventSource<Event> {
  /** The next event. Never throws; not called once the source has ended. */
  next(): Promise<Event>
  /** Whether the event that `next` has just given is the last. */
  readonly ended: boolean
  /** The client has gone: no event is asked for any more. */
  abandon(): void
}

/** Comment lines keep proxies and clients waiting: one in every tick without an event, so at most two ticks apart (10 s are promised). */
const HEARTBEAT_TICK_MS = 2500

/** A provider that is faster than everybody else keeps the event loop for this many writes at most. */
const WRITES_PER_TURN = 8

const UNBUFFERED = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' }

const encoder = new TextEncoder()

/** An event as it is on the wire. Text is what may be long: it is encoded as it is written. */
export type EventText = string | Uint8Array

/** How a stream looks on the wire. */
export interface Framing<Event> {
  contentType: string
  textOf: (event: Event) => EventText
  /** What is sent while there is nothing to say, and says nothing. */
  heartbeat: Uint8Array
}

/** Server-sent events. @param textOf an event on the wire */
export function sseFraming<Event>(textOf: (event: Event) => EventText): Framing<Event> {
  return { contentType: 'text/event-stream; charset=utf-8', textOf, heartbeat: PING }
}

const PING = encoder.encode(': ping\n\n')

/** One event on the wire: one line, a blank line. */
export function formatEvent(event: object | string): Uint8Array {
  return encoder.encode(`data: ${JSON.stringify(event)}\n\n`)
}

/** What is written of a stream: an event at a time, or a step of one that is long. */
class EventWrites<Event> {
  readonly #source: EventSource<Event>
  readonly #textOf: (event: Event) => EventText
  #long: LongText | undefined

  constructor(source: EventSource<Event>, textOf: (event: Event) => EventText) {
    this.#source = source
    this.#textOf = textOf
  }

  /** In the middle of an event nothing else may be written. */
  get isWithinEvent(): boolean {
    return this.#long !== undefined
  }

  get ended(): boolean {
    return this.#source.ended && !this.#long
  }

  async next(): Promise<Uint8Array> {
    if (!this.#long) {
      const text = this.#textOf(await this.#source.next())
      if (typeof text !== 'string') return text
      if (text.length <= STEP) return encoder.encode(text)
      this.#long = new LongText(text)
    }
    const step = this.#long.next()
    if (this.#long.isWritten) this.#long = undefined
    return step
  }
}

/**
 * Answers with a stream: one event per write, a long one in steps, read from the source only as fast as the client
 * reads.
 */
export function eventStream<Event extends object | string>(
  source: EventSource<Event>,
  { contentType, textOf, heartbeat: beat }: Framing<Event> = sseFraming(formatEvent),
): Response {
  const writes = new EventWrites(source, textOf)
  let gone = false
  let heartbeat: Heartbeat | undefined
  // Written straight to the socket: a queue in between would ask for each event anew.
  const body = new ReadableStream<Uint8Array>({
    type: 'direct',
    async pull(controller) {
      heartbeat = new Heartbeat(controller, beat)
      for (let count = 1; ; count++) {
        if (count % WRITES_PER_TURN === 0) await nextTurn()
        if (gone) break
        const bytes = await writes.next()
        if (gone) break
        const taken = controller.write(bytes)
        // The last leaves in one write with the end of the stream.
        if (writes.ended) break
        void controller.flush()
        heartbeat.putOff(writes.isWithinEvent)
        if (taken instanceof Promise) await heartbeat.holdBack(taken)
      }
      heartbeat.stop()
      if (!gone) controller.close()
    },
    cancel() {
      gone = true
      heartbeat?.stop()
      source.abandon()
    },
  })
  return new Response(body, { headers: { 'content-type': contentType, ...UNBUFFERED } })
}

/** Says nothing, in every tick without an event. */
class Heartbeat {
  readonly #timer: ReturnType<typeof setInterval>
  #isDue = false
  #isHeldBack = false
  #isWithinEvent = false

  constructor(controller: ReadableStreamDirectController, bytes: Uint8Array) {
    this.#timer = setInterval(() => {
      if (this.#isDue && !this.#isHeldBack && !this.#isWithinEvent) {
        const taken = controller.write(bytes)
        void controller.flush()
        if (taken instanceof Promise) void this.holdBack(taken)
      }
      this.#isDue = true
    }, HEARTBEAT_TICK_MS)
  }

  /** Something has been said. @param isWithinEvent more of it has to follow before anything else */
  putOff(isWithinEvent: boolean): void {
    this.#isDue = false
    this.#isWithinEvent = isWithinEvent
  }

  /** A client that does not read gets no heartbeats either: they would pile up. @param taken resolves once it has */
  async holdBack(taken: Promise<unknown>): Promise<void> {
    this.#isHeldBack = true
    // Of a connection that breaks, `cancel` hears.
    await taken.catch(() => {})
    this.#isHeldBack = false
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
