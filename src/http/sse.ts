/** What an event stream is made of. */
export interface EventSource {
  /** The next event, or null after the last. Never throws. */
  next(): Promise<object | null>
  /** The client has gone, or the stream has ended: called once, in either case. */
  closed(): void
}

/** Comment lines keep proxies and clients waiting: one in every tick without an event, so at most two ticks apart (10 s are promised). */
const HEARTBEAT_TICK_MS = 2500

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
}

const encoder = new TextEncoder()
const HEARTBEAT = encoder.encode(': ping\n\n')

/** One event on the wire: one line, a blank line. */
export function formatEvent(event: object): Uint8Array {
  return encoder.encode(`data: ${JSON.stringify(event)}\n\n`)
}

/**
 * Answers with an event stream: one event per write, read from the source only as fast as the client reads.
 * A source that was closed is not asked again.
 */
export function eventStream(source: EventSource): Response {
  let silent = false
  let open = true
  let heartbeat: ReturnType<typeof setInterval> | undefined
  const close = () => {
    if (!open) return
    open = false
    clearInterval(heartbeat)
    source.closed()
  }
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = setInterval(() => {
        // A client that does not read gets no heartbeats either: they would pile up.
        if (silent && (controller.desiredSize ?? 0) > 0) controller.enqueue(HEARTBEAT)
        silent = true
      }, HEARTBEAT_TICK_MS)
    },
    async pull(controller) {
      const event = await source.next()
      if (!open) return
      if (event === null) {
        close()
        controller.close()
        return
      }
      silent = false
      controller.enqueue(formatEvent(event))
    },
    cancel: close,
  })
  return new Response(body, { headers: HEADERS })
}
