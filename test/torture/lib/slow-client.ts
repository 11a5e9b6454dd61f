/** A connection that is used as badly as HTTP allows. */
export interface SlowClient {
  /** How long the server put up with it, in ms; null while it still does. */
  readonly endedAfterMs: number | null
  /** What has been received, as far as anything was read. */
  readonly received: string
  leave(): void
}

export interface Slowness {
  /** Sent at once. */
  atOnce: string
  /** Sent afterwards, a byte a second. */
  trickled: string
  /** Whether it ever reads. */
  reads: boolean
}

/** Connects and begins. */
export async function connectSlowly(url: string, given: Slowness): Promise<SlowClient> {
  const { hostname, port } = new URL(url)
  const connectedMs = performance.now()
  const state = { endedAfterMs: null as number | null, received: '' }
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      data: (_, bytes) => {
        state.received += bytes.toString()
      },
      close: () => {
        state.endedAfterMs ??= performance.now() - connectedMs
        clearInterval(timer)
      },
      error: () => {},
    },
  })
  let sent = 0
  const timer = setInterval(() => {
    if (sent < given.trickled.length) socket.write(given.trickled[sent++]!)
  }, 1000)
  socket.write(given.atOnce)
  if (!given.reads) socket.pause()
  return {
    get endedAfterMs() {
      return state.endedAfterMs
    },
    get received() {
      return state.received
    },
    leave() {
      clearInterval(timer)
      socket.terminate()
    },
  }
}
