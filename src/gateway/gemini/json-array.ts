import type { EventSource, EventText, Framing } from '../../http/sse.ts'
import { SseReader } from '../../providers/read-sse.ts'

const SPACE = Buffer.from('\n')

/** Events as the items of one JSON array, which is how Google streams to whoever does not ask for `alt=sse`. */
export function jsonArrayFraming(
  source: Pick<EventSource<EventText>, 'ended'>,
): Framing<EventText> {
  const items: string[] = []
  const reader = new SseReader((data) => items.push(data))
  let begun = false
  return {
    contentType: 'application/json; charset=utf-8',
    heartbeat: SPACE,
    textOf(events) {
      reader.push(typeof events === 'string' ? Buffer.from(events) : events)
      if (source.ended) reader.end()
      const opening = begun ? ',\r\n' : '['
      const text = items.splice(0).join(',\r\n')
      const told = text === '' ? '' : opening + text
      begun ||= told !== ''
      if (!source.ended) return told
      return begun ? `${told}]` : '[]'
    },
  }
}
