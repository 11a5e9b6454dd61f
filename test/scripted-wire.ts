import type { Socket } from 'bun'

/** A request as the scripted provider received it. */
export interface RecordedRequest {
  method: string
  path: string
  /** Names in lower case. */
  headers: Record<string, string>
  /** The body as it came, and parsed; `{}` when it is not JSON. */
  text: string
  body: {
    model?: string
    stream?: boolean
    stream_options?: { include_usage?: boolean }
    [key: string]: unknown
  }
  /** `performance.now()` when it was whole, and when its client left before the answer was; null when it did not. */
  receivedAt: number
  abortedAt: number | null
}

/** What a provider does with one request. Made by `scripted-replies.ts` (good ones) and `scripted-faults.ts`. */
export interface Reply {
  play(wire: Wire): void | Promise<void>
}

const CRLF = '\r\n'

/** The server's end of one request: what a scripted reply writes on. Writing after the client has left does nothing. */
export class Wire {
  gone = false
  #done = false
  #pending: Buffer[] = []
  #wakeUps = new Set<() => void>()

  constructor(
    readonly socket: Socket<unknown>,
    readonly request: RecordedRequest,
  ) {}

  /** Raw bytes; resolves once the kernel has them all, or the client has left. */
  async write(data: string | Uint8Array): Promise<void> {
    if (this.gone) return
    const bytes = bytesOf(data)
    if (this.#pending.length > 0) this.#pending.push(bytes)
    else this.#keepRest(bytes, this.socket.write(bytes))
    while (this.#pending.length > 0 && !this.gone) await this.#wait()
  }

  /** A status line and headers. Without content-length or transfer-encoding the body ends with the connection. */
  head(status: number, headers: Record<string, string>): Promise<void> {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    return this.write([`HTTP/1.1 ${status} Scripted`, ...lines, '', ''].join(CRLF))
  }

  /** A whole plain answer. */
  body(
    status: number,
    type: string,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<void> {
    const bytes = bytesOf(body)
    const all = { 'content-type': type, 'content-length': String(bytes.length), ...headers }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
    const head = [`HTTP/1.1 ${status} Scripted`, ...lines, '', ''].join(CRLF)
    return this.write(Buffer.concat([Buffer.from(head), bytes]))
  }

  json(status: number, value: unknown, headers: Record<string, string> = {}): Promise<void> {
    return this.body(status, 'application/json', JSON.stringify(value), headers)
  }

  /** Begins a chunked event stream. */
  openStream(): Promise<void> {
    return this.head(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      'transfer-encoding': 'chunked',
    })
  }

  /** One HTTP chunk, whatever it holds; nothing when it holds nothing, for an empty chunk would be the last. */
  async chunk(data: string | Uint8Array): Promise<void> {
    const bytes = bytesOf(data)
    if (bytes.length === 0) return
    const size = Buffer.from(bytes.length.toString(16) + CRLF)
    await this.write(Buffer.concat([size, bytes, Buffer.from(CRLF)]))
  }

  /** The chunk that ends a chunked body properly. */
  closeStream(): Promise<void> {
    return this.write(`0${CRLF}${CRLF}`)
  }

  /** Resolves after that time, or once the client has left. */
  async sleep(ms: number): Promise<void> {
    if (ms <= 0 || this.gone) return
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wakeUps.add(resolve)
    const timer = setTimeout(resolve, ms)
    await promise
    clearTimeout(timer)
    this.#wakeUps.delete(resolve)
  }

  /** Never answers again; resolves once the client has left. */
  async hang(): Promise<void> {
    while (!this.gone) await this.#wait()
  }

  /** Closes the connection in an orderly way, wherever the body stands. */
  hangUp(): void {
    this.#done = true
    this.socket.end()
  }

  /** Tears the connection down. */
  reset(): void {
    this.#done = true
    this.socket.terminate()
  }

  /** The socket takes bytes again. */
  flush(): void {
    const [first] = this.#pending
    if (!first) return
    this.#pending.shift()
    this.#keepRest(first, this.socket.write(first))
    if (this.#pending.length === 0) this.#wake()
  }

  answered(): void {
    this.#done = true
  }

  clientLeft(): void {
    this.gone = true
    if (!this.#done) this.request.abortedAt = performance.now()
    this.#wake()
  }

  #keepRest(bytes: Buffer, written: number): void {
    if (written < bytes.length) this.#pending.unshift(bytes.subarray(Math.max(written, 0)))
  }

  #wait(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#wakeUps.add(resolve)
    return promise
  }

  #wake(): void {
    const wakeUps = [...this.#wakeUps]
    this.#wakeUps.clear()
    for (const wake of wakeUps) wake()
  }
}

function bytesOf(data: string | Uint8Array): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)
}
