import type { Socket, TLSOptions } from 'bun'

/** One connection of a client, in a test's hands. */
export class RawConnection {
  /** What the client has sent, a character a byte. */
  received = ''
  readonly closed: Promise<void>
  isClosed = false
  readonly #socket: Socket<RawConnection>
  readonly #close = Promise.withResolvers<void>()
  #waiting: { until: (received: string) => boolean; resolve: () => void }[] = []
  #unsent: Buffer[] = []
  #sent: (() => void)[] = []

  constructor(socket: Socket<RawConnection>) {
    this.#socket = socket
    this.closed = this.#close.promise
  }

  /** Resolves once a whole request has arrived, after those that were taken before. */
  async request(): Promise<string> {
    await this.until((received) => wholeLength(received) !== null)
    const length = wholeLength(this.received)!
    const request = this.received.slice(0, length)
    this.received = this.received.slice(length)
    return request
  }

  async until(until: (received: string) => boolean): Promise<void> {
    if (until(this.received)) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ until, resolve })
    await promise
  }

  /** Resolves once the kernel has it. */
  async write(data: string | Uint8Array): Promise<void> {
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : Buffer.from(data)
    this.#unsent.push(bytes)
    this.drained()
    if (this.#unsent.length === 0 || this.isClosed) return
    await new Promise<void>((resolve) => this.#sent.push(resolve))
  }

  /** Closes in an orderly way. */
  end(): void {
    this.#socket.end()
  }

  /** Tears the connection down, so that the client sees a reset. */
  reset(): void {
    this.#socket.terminate()
  }

  stopReading(): void {
    this.#socket.pause()
  }

  startReading(): void {
    this.#socket.resume()
  }

  arrived(bytes: Buffer): void {
    this.received += bytes.toString('latin1')
    const ready = this.#waiting.filter(({ until }) => until(this.received))
    this.#waiting = this.#waiting.filter((one) => !ready.includes(one))
    for (const { resolve } of ready) resolve()
  }

  drained(): void {
    while (this.#unsent.length > 0) {
      const [first] = this.#unsent
      const written = Math.max(0, this.#socket.write(first!))
      if (written < first!.length) {
        this.#unsent[0] = first!.subarray(written)
        return
      }
      this.#unsent.shift()
    }
    for (const resolve of this.#sent.splice(0)) resolve()
  }

  gone(): void {
    this.isClosed = true
    this.#close.resolve()
    for (const resolve of this.#sent.splice(0)) resolve()
  }
}

/** What a server does with a connection. */
export type Script = (connection: RawConnection) => void | Promise<void>

/** A server that says byte for byte what a test wants it to say. */
export interface RawServer {
  readonly port: number
  readonly url: string
  readonly connections: RawConnection[]
  readonly open: number
  /** From now on each new connection plays this. */
  play(script: Script): void
  stop(): void
}

/** Listens on 127.0.0.1, or another address of this machine. */
export function startRawServer(
  script: Script,
  {
    tls,
    hostname = '127.0.0.1',
    port = 0,
  }: { tls?: TLSOptions; hostname?: string; port?: number } = {},
): RawServer {
  const connections: RawConnection[] = []
  let playing = script
  const server = Bun.listen<RawConnection>({
    hostname,
    port,
    ...(tls && { tls }),
    socket: {
      open(socket) {
        const connection = new RawConnection(socket)
        socket.data = connection
        connections.push(connection)
        void playing(connection)
      },
      data: (socket, bytes) => socket.data.arrived(bytes),
      drain: (socket) => socket.data.drained(),
      close: (socket) => socket.data.gone(),
      // Where shaking hands fails, there was no connection yet.
      error: ({ data }: { data?: RawConnection }) => data?.gone(),
    },
  })
  const name = hostname.includes(':') ? `[${hostname}]` : hostname
  return {
    port: server.port,
    url: `${tls ? 'https' : 'http'}://${name}:${server.port}/v1/test`,
    connections,
    get open() {
      return connections.filter(({ isClosed }) => !isClosed).length
    },
    play(next) {
      playing = next
    },
    stop: () => server.stop(true),
  }
}

/** Of the first request in there; null while it is not whole. */
function wholeLength(received: string): number | null {
  const headEnd = received.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const length = /\r\ncontent-length: (\d+)/i.exec(received.slice(0, headEnd))
  const end = headEnd + 4 + Number(length?.[1] ?? 0)
  return received.length < end ? null : end
}
