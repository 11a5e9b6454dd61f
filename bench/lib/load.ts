import type { Socket } from 'bun'
import { parseArgs } from 'node:util'

/*
 * A closed loop of keep-alive connections over raw sockets: light enough to share a core with the provider. Prints one
 * JSON line. A request that is answered with anything but 200 counts as an error.
 *
 * `bun bench/lib/load.ts --url http://127.0.0.1:3000/v1/chat --connections 32 --seconds 1 --body '{}' --header 'a: b'`
 */
export interface LoadResult {
  requests: number
  errors: number
  seconds: number
  p50Ms: number
  p99Ms: number
}

interface Call {
  started: number
  buffer: string
}

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    connections: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '1' },
    requests: { type: 'string', default: '0' },
    body: { type: 'string' },
    header: { type: 'string', multiple: true, default: [] },
  },
})
const url = new URL(values.url!)
const body = values.body!
const request = [
  `POST ${url.pathname} HTTP/1.1`,
  `Host: ${url.host}`,
  'Content-Type: application/json',
  `Content-Length: ${Buffer.byteLength(body)}`,
  ...values.header,
  '',
  body,
].join('\r\n')

const limit = Number(values.requests) || Number.POSITIVE_INFINITY
const began = performance.now()
const deadline =
  limit === Number.POSITIVE_INFINITY
    ? began + Number(values.seconds) * 1000
    : Number.POSITIVE_INFINITY
const latencies: number[] = []
let sent = 0
let errors = 0

/** Where the first answer in the text ends; -1 while it is incomplete. */
function endOfAnswer(text: string): number {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return -1
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
  if (length !== undefined) {
    // The answers of this bench are ASCII.
    const end = head + 4 + Number(length)
    return text.length >= end ? end : -1
  }
  const last = text.indexOf('0\r\n\r\n', head)
  return last === -1 ? -1 : last + 5
}

const finished = Promise.withResolvers<void>()
let open = 0

function next(socket: Socket<Call>): void {
  const now = performance.now()
  if (now >= deadline || sent >= limit) {
    socket.end()
    return
  }
  sent++
  socket.data.started = now
  socket.write(request)
}

for (let i = 0; i < Number(values.connections); i++) {
  open++
  void Bun.connect<Call>({
    hostname: url.hostname,
    port: Number(url.port),
    data: { started: 0, buffer: '' },
    socket: {
      open: (socket) => next(socket),
      data(socket, bytes) {
        const call = socket.data
        call.buffer += bytes.toString('latin1')
        const end = endOfAnswer(call.buffer)
        if (end === -1) return
        if (!call.buffer.startsWith('HTTP/1.1 200')) errors++
        call.buffer = call.buffer.slice(end)
        latencies.push(performance.now() - call.started)
        next(socket)
      },
      close() {
        if (--open === 0) finished.resolve()
      },
      error: () => void errors++,
    },
  })
}
await finished.promise

latencies.sort((a, b) => a - b)
const at = (share: number) =>
  Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 1000) / 1000
const result: LoadResult = {
  requests: latencies.length,
  errors,
  seconds: (performance.now() - began) / 1000,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
}
console.log(JSON.stringify(result))
