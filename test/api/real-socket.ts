import type { Socket } from 'bun'
import { afterAll } from 'bun:test'
import { listen as openPort } from '../../src/cli/listen.ts'
import type { TestApp } from '../harness.ts'

/*
 * The application behind the listener of `ares serve`, and a client that writes bytes.
 */

const stops: (() => void)[] = []

afterAll(() => {
  for (const stop of stops.splice(0)) stop()
})

/** Listens for the application on a free port until the test file is over. */
export function listen(app: TestApp): { port: number; url: string } {
  const listener = openPort(app.server, { host: '127.0.0.1', port: 0, tls: null })
  stops.push(() => void listener.stop(true))
  return { port: Number(new URL(listener.url).port), url: listener.url }
}

/** One connection that sends exactly what it is told. */
export class RawClient {
  #received = Buffer.alloc(0)
  #closed = false
  #wake: () => void = () => {}
  #unsent: Buffer = Buffer.alloc(0)
  #socket!: Socket

  /** Connects, and sends these bytes. */
  static async send(port: number, bytes: string | Uint8Array): Promise<RawClient> {
    const client = new RawClient()
    client.#socket = await Bun.connect({
      hostname: '127.0.0.1',
      port,
      socket: {
        data: (_socket, data) => client.#arrived(data),
        drain: () => client.#flush(),
        close: () => client.#ended(),
        error: () => client.#ended(),
      },
    })
    client.write(bytes)
    return client
  }

  write(bytes: string | Uint8Array): void {
    this.#unsent = Buffer.concat([this.#unsent, Buffer.from(bytes as string)])
    this.#flush()
  }

  /** What has arrived so far. */
  get text(): string {
    return this.#received.toString('utf8')
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Waits until what has arrived is enough, or the connection has ended. */
  async until(enough: (text: string) => boolean): Promise<string> {
    while (!enough(this.text) && !this.#closed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.text
  }

  /** Reads no more, so that the kernel's buffers fill up. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Closes the connection at once. */
  leave(): void {
    this.#socket.terminate()
  }

  #flush(): void {
    const written = this.#socket.write(this.#unsent)
    this.#unsent = this.#unsent.subarray(Math.max(written, 0))
  }

  #arrived(data: Buffer): void {
    this.#received = Buffer.concat([this.#received, data])
    this.#wake()
  }

  #ended(): void {
    this.#closed = true
    this.#wake()
  }
}

/** An answer as it came over the wire. */
export interface RawReply {
  status: number
  headers: Headers
  body: string
}

/** Sends one request and returns its whole answer; null when there was none. */
export async function rawReply(
  port: number,
  request: string | Uint8Array,
): Promise<RawReply | null> {
  const client = await RawClient.send(port, request)
  const isHead = Buffer.from(request as string).toString('latin1', 0, 5) === 'HEAD '
  const text = await client.until(isHead ? (head) => head.includes('\r\n\r\n') : isWhole)
  client.leave()
  return parseReply(text)
}

/** Whether a head and the body it announces have arrived. A chunked body ends with its empty chunk. */
export function isWhole(text: string): boolean {
  const reply = parseReply(text)
  if (!reply) return false
  if (reply.headers.get('transfer-encoding') === 'chunked') return text.endsWith('0\r\n\r\n')
  return Buffer.byteLength(reply.body) >= Number(reply.headers.get('content-length') ?? 0)
}

export function parseReply(text: string): RawReply | null {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return null
  const [statusLine = '', ...lines] = text.slice(0, headEnd).split('\r\n')
  const headers = new Headers()
  for (const line of lines) {
    const colon = line.indexOf(':')
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return { status: Number(statusLine.split(' ')[1]), headers, body: text.slice(headEnd + 4) }
}
