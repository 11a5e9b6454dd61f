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
  let silent = false
  let gone = false
  let eventsOfTurn = 0
  let heartbeat: ReturnType<typeof setInterval> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => {
        // A client that does not read gets no heartbeats either: they would pile up.
        if (silent && (controller.desiredSize ?? 0) > 0) controller.enqueue(beat)
        silent = true
      }, HEARTBEAT_TICK_MS)
    },
    async pull(controller) {
      if (++eventsOfTurn > EVENTS_PER_TURN) {
        eventsOfTurn = 1
        await nextTurn()
      }
      const event = await source.next()
      if (gone) return
      silent = false
      controller.enqueue(bytesOf(event))
      if (!source.ended) return
      // In the same step as the last event, so that both leave in one write.
      clearInterval(heartbeat)
      controller.close()
    },
    cancel() {
      gone = true
      clearInterval(heartbeat)
      source.abandon()
    },
  })
  return new Response(body, { headers: { 'content-type': contentType, ...UNBUFFERED } })
}
