import type { Socket } from 'bun'

/** An answer that is still arriving, on a connection of its own: `fetch` would queue beyond 256. */
export interface OpenStream {
  /** Everything received so far, head included. */
  text(): string
  /** Resolves once the text matches; rejects when the connection ends without. */
  until(pattern: RegExp): Promise<void>
  /** Resolves with the whole text when the server has closed the connection. */
  readonly closed: Promise<string>
  /** Stays, but reads no further. */
  pause(): void
  /** Goes away without reading on. */
  leave(): void
}

export interface StreamRequest {
  path: string
  secret: string
  body: unknown
  /** Host header; default the address. */
  host?: string
}

/** Sends a POST on a fresh connection and hands over what arrives. */
export async function openStream(url: string, request: StreamRequest): Promise<OpenStream> {
  const { hostname, port, protocol } = new URL(url)
  const wire = new Wire()
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    ...(protocol === 'https:' && { tls: { rejectUnauthorized: false } }),
    socket: {
      data: (_, bytes) => wire.arrived(bytes),
      close: () => wire.ended(),
      error: () => wire.ended(),
    },
  })
  send(socket, `${hostname}:${port}`, request)
  return {
    text: () => wire.text,
    until: (pattern) => wire.until(pattern),
    closed: wire.closed.promise,
    pause: () => socket.pause(),
    leave: () => socket.terminate(),
  }
}

function send(socket: Socket, address: string, { path, secret, body, host }: StreamRequest): void {
  const json = JSON.stringify(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host ?? address}`,
    `Authorization: Bearer ${secret}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(json)}`,
    'Connection: close',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${json}`)
}

class Wire {
  text = ''
  readonly closed = Promise.withResolvers<string>()
  readonly #decoder = new TextDecoder()
  #waiting: { pattern: RegExp; resolve: () => void; reject: (error: Error) => void }[] = []
  #over = false

  arrived(bytes: Uint8Array): void {
    this.text += this.#decoder.decode(bytes, { stream: true })
    this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
      const matches = pattern.test(this.text)
      if (matches) resolve()
      return !matches
    })
  }

  ended(): void {
    this.#over = true
    for (const { pattern, reject } of this.#waiting) reject(this.#without(pattern))
    this.closed.resolve(this.text)
  }

  until(pattern: RegExp): Promise<void> {
    if (pattern.test(this.text)) return Promise.resolve()
    if (this.#over) return Promise.reject(this.#without(pattern))
    return new Promise((resolve, reject) => this.#waiting.push({ pattern, resolve, reject }))
  }

  #without(pattern: RegExp): Error {
    return new Error(`The connection ended without ${String(pattern)}: ${this.text}`)
  }
}
