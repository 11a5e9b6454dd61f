import type { EventSource, Framing } from '../../http/sse.ts'
import { SseReader } from '../../providers/read-sse.ts'

const SPACE = Buffer.from('\n')

/** Events as the items of one JSON array, which is how Google streams to whoever does not ask for `alt=sse`. */
export function jsonArrayFraming(
  source: Pick<EventSource<Uint8Array>, 'ended'>,
): Framing<Uint8Array> {
  const items: string[] = []
  const reader = new SseReader((data) => items.push(data))
  let begun = false
  return {
    contentType: 'application/json; charset=utf-8',
    heartbeat: SPACE,
    bytesOf(events) {
      reader.push(events)
      if (source.ended) reader.end()
      const opening = begun ? ',\r\n' : '['
      const text = items.splice(0).join(',\r\n')
      const told = text === '' ? '' : opening + text
      begun ||= told !== ''
      if (!source.ended) return Buffer.from(told)
      return Buffer.from(begun ? `${told}]` : '[]')
    },
  }
}
