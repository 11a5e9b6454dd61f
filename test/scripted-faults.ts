import { type ScriptedAnswer, plainBody, sseData, streamEvents } from './scripted-replies.ts'
import type { Reply, Wire } from './scripted-wire.ts'

/** An error status with a JSON error body that both formats understand. */
export function status(
  code: number,
  options: { retryAfter?: string; message?: string } = {},
): Reply {
  const message = options.message ?? `Scripted status ${code}`
  const headers: Record<string, string> = options.retryAfter
    ? { 'retry-after': options.retryAfter }
    : {}
  return {
    play: (wire) =>
      wire.json(code, { type: 'error', error: { type: 'scripted', message } }, headers),
  }
}

/** Any body under any status and content type. */
export function body(
  type: string,
  text: string | Uint8Array,
  options: { status?: number; headers?: Record<string, string> } = {},
): Reply {
  return { play: (wire) => wire.body(options.status ?? 200, type, text, options.headers) }
}

export function redirectToSelf(): Reply {
  return { play: (wire) => wire.body(307, 'text/plain', '', { location: wire.request.path }) }
}

export function htmlPage(): Reply {
  return body(
    'text/html; charset=utf-8',
    '<!doctype html><html><body>Welcome to our proxy</body></html>',
  )
}

export function garbageJson(): Reply {
  return body('application/json', '{"choices": [}}} not json')
}

/** The first half of a good plain reply, ended as if that were all. */
export function halfJson(): Reply {
  return {
    play: (wire) => {
      const text = JSON.stringify(plainBody(wire.request, {}))
      return wire.body(200, 'application/json', text.slice(0, text.length / 2))
    },
  }
}

/** Takes the request and says nothing. */
export function hangBeforeHeaders(): Reply {
  return { play: (wire) => wire.hang() }
}

/** Answers half of a good reply, plain or stream, and then says nothing more. */
export function hangMidBody(given: ScriptedAnswer = {}): Reply {
  return midBody(given, (wire) => wire.hang())
}

/** Answers half of a good reply, plain or stream, and tears the connection down. */
export function resetMidBody(given: ScriptedAnswer = {}): Reply {
  return midBody(given, (wire) => wire.reset())
}

/** Closes the connection before a byte of answer. */
export function resetBeforeHeaders(): Reply {
  return { play: (wire) => wire.reset() }
}

/** Sends a good reply one byte at a time. */
export function drip(everyMs = 1000, given: ScriptedAnswer = {}): Reply {
  return {
    play: async (wire) => {
      const { request } = wire
      const text = request.body.stream
        ? streamEvents(request, given).join('')
        : JSON.stringify(plainBody(request, given))
      await openBody(wire)
      for (const byte of Buffer.from(text)) {
        if (wire.gone) return
        await wire.chunk(Uint8Array.of(byte))
        await wire.sleep(everyMs)
      }
      await wire.closeStream()
    },
  }
}

/** A stream whose connection ends cleanly after its deltas: no finish reason, no [DONE], no message_stop. */
export function eofMidStream(deltas: string[] = ['Hello']): Reply {
  return {
    play: async (wire) => {
      // Without content-length or chunks the end of the connection is the end of the body: nothing looks wrong.
      await wire.head(200, { 'content-type': 'text/event-stream', connection: 'close' })
      await wire.write(deltaEvents(wire, deltas).join(''))
      wire.hangUp()
    },
  }
}

/** A stream that says these bytes, cut into network writes where the list is cut; then ends properly. */
export function rawStream(writes: (string | Uint8Array)[], delayMs = 5): Reply {
  return {
    play: async (wire) => {
      await wire.openStream()
      for (const data of writes) {
        await wire.chunk(data)
        await wire.sleep(delayMs)
      }
      await wire.closeStream()
    },
  }
}

/** A stream that breaks off with an error object, as both formats report one. */
export function errorMidStream(deltas: string[] = ['Hello'], message = 'Overloaded'): Reply {
  return {
    play: async (wire) => {
      await wire.openStream()
      await wire.chunk(deltaEvents(wire, deltas).join(''))
      await wire.sleep(READ_MS)
      await wire.chunk(
        `event: error\n${sseData({ type: 'error', error: { type: 'overloaded_error', message } })}`,
      )
      await wire.closeStream()
    },
  }
}

/** A stream of deltas that never ends by itself. */
export function endlessStream(delta = 'x'.repeat(1000)): Reply {
  return {
    play: async (wire) => {
      await wire.openStream()
      const batch = deltaEvents(wire, Array<string>(50).fill(delta)).join('')
      while (!wire.gone) await wire.chunk(batch)
    },
  }
}

/** A stream without end, and how many bytes of it were taken so far, in characters. */
export function countedEndlessStream() {
  let accepted = 0
  // Fewer characters than bytes: what the kernel takes is less than a model may write.
  const endless = endlessStream('漢'.repeat(300))
  const reply: Reply = {
    play: (wire) => {
      const chunk = wire.chunk.bind(wire)
      wire.chunk = async (data) => {
        await chunk(data)
        accepted += data.length
      }
      return endless.play(wire)
    },
  }
  return { reply, accepted: () => accepted }
}

/** A plain body of that many bytes, without a content-length. */
export function oversizedBody(bytes: number): Reply {
  return {
    play: async (wire) => {
      await wire.head(200, { 'content-type': 'application/json', connection: 'close' })
      const block = Buffer.alloc(64 * 1024, 32)
      for (let sent = 0; sent < bytes && !wire.gone; sent += block.length) await wire.write(block)
      wire.hangUp()
    },
  }
}

/** A small gzip body that unpacks to that many bytes of blank space. */
export function gzipBomb(bytes: number): Reply {
  const packed = Bun.gzipSync(new Uint8Array(bytes).fill(32))
  return body('application/json', packed, { headers: { 'content-encoding': 'gzip' } })
}

/** The same stream with CRLF line ends, comments, and each byte in its own network write. */
export function awkwardStream(given: ScriptedAnswer = {}): Reply {
  return {
    play: async (wire) => {
      const text =
        `: comment\n\n${streamEvents(wire.request, given).join(': ping\n\n')}`.replaceAll(
          '\n',
          '\r\n',
        )
      await wire.openStream()
      for (const byte of Buffer.from(text)) await wire.chunk(Uint8Array.of(byte))
      await wire.closeStream()
    },
  }
}

/** A reset takes away what its receiver has not read yet, and nothing tells when it has. */
const READ_MS = 70

function midBody(given: ScriptedAnswer, then: (wire: Wire) => void | Promise<void>): Reply {
  return {
    play: async (wire) => {
      await openBody(wire)
      await wire.chunk(firstHalf(wire, given))
      await wire.sleep(20)
      await then(wire)
    },
  }
}

function firstHalf(wire: Wire, given: ScriptedAnswer): string {
  if (wire.request.body.stream)
    return deltaEvents(wire, given.deltas ?? [given.text ?? 'Hello']).join('')
  const text = JSON.stringify(plainBody(wire.request, given))
  return text.slice(0, text.length / 2)
}

function openBody(wire: Wire): Promise<void> {
  if (wire.request.body.stream) return wire.openStream()
  return wire.head(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' })
}

/** The opening of a stream up to and with its deltas, without anything that finishes it. */
function deltaEvents(wire: Wire, deltas: string[]): string[] {
  return streamEvents(wire.request, { deltas }).filter(
    (event) =>
      !/"finish_reason":"|\[DONE\]|"choices":\[\]|content_block_stop|message_delta|message_stop/.test(
        event,
      ),
  )
}
