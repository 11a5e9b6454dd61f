import type { Socket } from 'bun'
import { parseArgs } from 'node:util'
import { geminiMethod } from './scripted-gemini.ts'
import { answer } from './scripted-replies.ts'
import { type RecordedRequest, type Reply, Wire } from './scripted-wire.ts'

/** Chooses a reply by looking at the request. */
export type Handler = (request: RecordedRequest) => Reply | Promise<Reply>

/** A provider under a test's control; it speaks all wire formats on a real socket. */
export interface ScriptedProvider {
  /** A base_url for type "openai" and (its /v1 is tolerated) for type "anthropic"; the rest is the origin, for type "gemini". */
  readonly url: string
  readonly port: number
  /** Every request so far, oldest first. */
  readonly requests: RecordedRequest[]
  readonly openConnections: number
  /** Resolves once `requests` holds that many. */
  received(count: number): Promise<void>
  /** From now on every request gets this, unless a one-shot reply is queued. */
  reply(reply: Reply | Handler): void
  /** Queues one-shot replies, which come before the default one. */
  enqueue(...replies: (Reply | Handler)[]): void
  /** Closes the port and every connection. */
  stop(): void
}

interface Connection {
  received: Buffer
  wire: Wire | null
  busy: boolean
}

const PATHS = new Set([
  '/v1/chat/completions',
  '/v1/completions',
  '/v1/responses',
  '/v1/messages',
  '/v1/messages/count_tokens',
  '/v1/embeddings',
])

/**
 * Starts a provider on 127.0.0.1 that answers `POST /v1/chat/completions`, `/v1/responses` and `/v1/messages`,
 * plain or as a stream, with a short greeting until told otherwise, and `POST /v1/embeddings` and
 * `POST /v1/messages/count_tokens` with figures. Good replies are made by
 * `scripted-replies.ts`, bad ones by `scripted-faults.ts`.
 *
 * @example
 * const provider = await startScriptedProvider()
 * provider.enqueue(status(429, { retryAfter: '1' }), answer({ text: 'Hello' }))
 * provider.reply((request) => answer({ text: `You said ${request.text.length} bytes` }))
 */
export function startScriptedProvider(options: { port?: number } = {}): Promise<ScriptedProvider> {
  const script = new Script()
  const server = Bun.listen<Connection>({
    hostname: '127.0.0.1',
    port: options.port ?? 0,
    socket: {
      open: (socket) => script.opened(socket),
      data: (socket, bytes) => script.arrived(socket, bytes),
      drain: (socket) => socket.data.wire?.flush(),
      close: (socket) => script.closed(socket),
    },
  })
  return Promise.resolve({
    url: `http://127.0.0.1:${server.port}/v1`,
    port: server.port,
    requests: script.requests,
    get openConnections() {
      return script.openConnections
    },
    received: (count) => script.received(count),
    reply: (reply) => script.setDefault(reply),
    enqueue: (...replies) => void script.queue.push(...replies),
    stop: () => server.stop(true),
  } satisfies ScriptedProvider)
}

/** The requests so far and what is to be answered, for all connections of one provider. */
class Script {
  readonly requests: RecordedRequest[] = []
  readonly queue: (Reply | Handler)[] = []
  openConnections = 0
  #default: Reply | Handler = answer()
  #waiting: { count: number; resolve: () => void }[] = []

  received(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push({ count, resolve })
    this.#tellWaiting()
    return promise
  }

  #tellWaiting(): void {
    const isThere = ({ count }: { count: number }) => this.requests.length >= count
    for (const { resolve } of this.#waiting.filter(isThere)) resolve()
    this.#waiting = this.#waiting.filter((one) => !isThere(one))
  }

  setDefault(reply: Reply | Handler): void {
    this.#default = reply
  }

  opened(socket: Socket<Connection>): void {
    this.openConnections++
    socket.data = { received: Buffer.alloc(0), wire: null, busy: false }
  }

  closed(socket: Socket<Connection>): void {
    this.openConnections--
    socket.data.wire?.clientLeft()
  }

  arrived(socket: Socket<Connection>, bytes: Buffer): void {
    const { data } = socket
    data.received =
      data.received.length === 0 ? Buffer.from(bytes) : Buffer.concat([data.received, bytes])
    if (!data.busy) void this.#serve(socket)
  }

  /** Answers what has arrived whole, one request after the other. */
  async #serve(socket: Socket<Connection>): Promise<void> {
    socket.data.busy = true
    for (;;) {
      const request = takeRequest(socket.data)
      if (!request) break
      this.requests.push(request)
      this.#tellWaiting()
      const wire = new Wire(socket, request)
      socket.data.wire = wire
      await this.#play(request, wire)
      if (wire.gone) return
    }
    socket.data.busy = false
  }

  async #play(request: RecordedRequest, wire: Wire): Promise<void> {
    try {
      const isKnown = PATHS.has(request.path) || geminiMethod(request) !== undefined
      const chosen = isKnown ? (this.queue.shift() ?? this.#default) : notFound
      const reply = typeof chosen === 'function' ? await chosen(request) : chosen
      await reply.play(wire)
    } catch (error) {
      await wire.json(500, { error: { message: `The script failed: ${String(error)}` } })
    }
    wire.answered()
  }
}

const notFound: Reply = {
  play: (wire) => wire.json(404, { error: { message: `No route ${wire.request.path}` } }),
}

/** Cuts the first whole request off what a connection has received. */
function takeRequest(connection: Connection): RecordedRequest | undefined {
  const headEnd = connection.received.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const [requestLine = '', ...headerLines] = connection.received
    .toString('latin1', 0, headEnd)
    .split('\r\n')
  const headers = parseHeaders(headerLines)
  const end = headEnd + 4 + Number(headers['content-length'] ?? 0)
  if (connection.received.length < end) return undefined
  const text = connection.received.toString('utf8', headEnd + 4, end)
  connection.received = connection.received.subarray(end)
  const [method = '', path = ''] = requestLine.split(' ')
  return {
    method,
    path,
    headers,
    text,
    body: parseBody(text),
    receivedAt: performance.now(),
    abortedAt: null,
  }
}

/** Names in lower case; a header sent twice is joined with a comma, so that a test notices. */
function parseHeaders(lines: string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of lines) {
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).toLowerCase()
    const value = line.slice(colon + 1).trim()
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value
  }
  return headers
}

function parseBody(text: string): RecordedRequest['body'] {
  try {
    const parsed: RecordedRequest['body'] = JSON.parse(text)
    return parsed
  } catch {
    return {}
  }
}

/** `bun test/scripted-provider.ts --port N [--delay MS] [--usage IN,OUT] [--deltas N]`, for benchmarks and kill tests. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      delay: { type: 'string', default: '0' },
      usage: { type: 'string', default: '12,7' },
      deltas: { type: 'string', default: '50' },
    },
  })
  const provider = await startScriptedProvider({ port: Number(values.port) })
  const [input, output] = values.usage.split(',').map(Number)
  const deltas = Array.from({ length: Number(values.deltas) }, (_, index) => `word${index} `)
  provider.reply((request) => {
    // A benchmark sends millions of requests; nobody looks at them here.
    provider.requests.length = 0
    const delayMs = Number(values.delay)
    return answer({
      deltas,
      usage: { input, output },
      delayMs,
      firstDelayMs: request.body.stream ? 0 : delayMs,
    })
  })
  console.log(`listening on ${provider.url}`)
}

if (import.meta.main) await main()
