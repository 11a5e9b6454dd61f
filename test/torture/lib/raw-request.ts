import type { Socket } from 'bun'

/** A request as bytes, which no client would write. */
export interface RawRequest {
  method: string
  target: string
  /** Whole lines, `Host` included. */
  headers: string[]
  version?: string
  body?: string
}

/** Long enough for an answer on a busy machine; what the parser refuses without a word takes this long. */
const SILENCE_MS = 3000

/**
 * Sends one request and reads until the server closes the connection.
 *
 * @returns everything that came back; empty when nothing did
 */
export async function sendRaw(port: number, request: RawRequest): Promise<string> {
  const closed = Promise.withResolvers<void>()
  let received = ''
  let unsent = bytesOf(request)
  const flush = (socket: Socket) => {
    unsent = unsent.subarray(Math.max(socket.write(unsent), 0))
  }
  const socket = await Bun.connect({
    hostname: '127.0.0.1',
    port,
    socket: {
      open: flush,
      drain: flush,
      data: (_socket, bytes) => {
        received += bytes.toString('latin1')
      },
      close: () => closed.resolve(),
      error: () => closed.resolve(),
    },
  })
  const timer = setTimeout(() => closed.resolve(), SILENCE_MS)
  await closed.promise
  clearTimeout(timer)
  socket.terminate()
  return received
}

/** Of a whole answer; null when there was none. */
export function statusOf(answer: string): number | null {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]
  return status === undefined ? null : Number(status)
}

function bytesOf({ method, target, headers, version = '1.1', body = '' }: RawRequest): Buffer {
  const lines = [`${method} ${target} HTTP/${version}`, ...headers, 'Connection: close', '', body]
  return Buffer.from(lines.join('\r\n'), 'latin1')
}
