import { nextTurn } from '../next-turn.ts'

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

/** A provider that is faster than everybody else keeps the event loop for this many events at most. */
const EVENTS_PER_TURN = 8

const UNBUFFERED = { 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' }

const encoder = new TextEncoder()

/** How a stream looks on the wire. */
export interface Framing<Event> {
  contentType: string
  bytesOf: (event: Event) => Uint8Array
  /** What is sent while there is nothing to say, and says nothing. */
  heartbeat: Uint8Array
}

/** Server-sent events. @param bytesOf an event on the wire */
export function sseFraming<Event>(bytesOf: (event: Event) => Uint8Array): Framing<Event> {
  return { contentType: 'text/event-stream; charset=utf-8', bytesOf, heartbeat: PING }
}

const PING = encoder.encode(': ping\n\n')

/** One event on the wire: one line, a blank line. */
export function formatEvent(event: object): Uint8Array {
  return encoder.encode(`data: ${JSON.stringify(event)}\n\n`)
}

/** Answers with a stream: one event per write, read from the source only as fast as the client reads. */
export function eventStream<Event extends object>(
  source: EventSource<Event>,
  { contentType, bytesOf, heartbeat: beat }: Framing<Event> = sseFraming(formatEvent),
): Response {
  let gone = false
  let heartbeat: Heartbeat | undefined
  // Written straight to the socket: a queue in between would ask for each event anew.
  const body = new ReadableStream<Uint8Array>({
    type: 'direct',
    async pull(controller) {
      heartbeat = new Heartbeat(controller, beat)
      for (let count = 1; ; count++) {
        if (count % EVENTS_PER_TURN === 0) await nextTurn()
        if (gone) break
        const event = await source.next()
        if (gone) break
        const taken = controller.write(bytesOf(event))
        // The last leaves in one write with the end of the stream.
        if (source.ended) break
        void controller.flush()
        heartbeat.putOff()
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

  constructor(controller: ReadableStreamDirectController, bytes: Uint8Array) {
    this.#timer = setInterval(() => {
      if (this.#isDue && !this.#isHeldBack) {
        const taken = controller.write(bytes)
        void controller.flush()
        if (taken instanceof Promise) void this.holdBack(taken)
      }
      this.#isDue = true
    }, HEARTBEAT_TICK_MS)
  }

  /** An event has been said. */
  putOff(): void {
    this.#isDue = false
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
