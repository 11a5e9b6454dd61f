import { expect, test } from 'bun:test'
import { SseReader } from '../../../src/providers/read-sse.ts'
import { cpuMsOf } from '../../cpu-time.ts'

/** The events of a text that arrives in reads of that many bytes. */
function eventsOf(text: string, bytesPerRead: number): string[] {
  const events: string[] = []
  const reader = new SseReader((data) => events.push(data))
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += bytesPerRead) {
    reader.push(bytes.subarray(at, at + bytesPerRead))
  }
  reader.end()
  return events
}

test.each([
  ['an event', 'data: a\n\n', ['a']],
  ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
  ['CR alone', 'data: a\r\rdata: b\rdata: c\r\r', ['a', 'b\nc']],
  ['line ends of every kind', 'data: a\r\n\rdata: b\n\r\ndata: c\r\n\n', ['a', 'b', 'c']],
  ['no space after the colon', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
  ['several lines', 'data: a\ndata: b\ndata\ndata: c\n\n', ['a\nb\n\nc']],
  ['comments, names and ids', ': hi\nevent: x\nid: 1\nretry: 5\ndata: a\n\n: bye\n\n', ['a']],
  ['fields that only begin like data', 'database: x\n\ndata: a\n\n', ['a']],
  [
    'empty lines of data before others',
    'data: a\ndata\n: hi\ndata:\n b\ndata: c\n\n',
    ['a\n\n\nc'],
  ],
  ['blank lines', '\n\n\ndata: a\n\n\n\n', ['a']],
  ['an event without data', 'data:\n\nevent: x\n\n', []],
  ['no blank line at the end', 'data: a\n\ndata: b\n', ['a', 'b']],
  ['no line end at the end', 'data: a\n\ndata: b', ['a', 'b']],
  ['a byte order mark', '\uFEFFdata: a\n\n', ['a']],
  ['characters of several bytes', 'data: Grüß 世界 👋🏽\n\n', ['Grüß 世界 👋🏽']],
  ['nothing', '', []],
])('%s', (_, text, expected) => {
  for (const bytesPerRead of [1, 2, 3, 7, 1000])
    expect(eventsOf(text, bytesPerRead)).toEqual(expected)
})

test('an event of a million data lines is one event', () => {
  const lines = 'data: x\n'.repeat(1_000_000)
  const [event, ...more] = eventsOf(`${lines}\n`, 60_000)
  expect(event).toBe(Array<string>(1_000_000).fill('x').join('\n'))
  expect(more).toEqual([])
})

test.each([
  ['one line', 'data: 3456789\n\n'],
  ['a line that never ends', 'data: 3456789'],
  ['several lines', 'data: 3\ndata: 3\n\n'],
  ['lines without data', ':\n:\n:\n:\n:\n:\n:\n'],
])('an event beyond the limit is refused: %s', (_, text) => {
  for (const bytesPerRead of [1, 3, 1000]) {
    const reader = new SseReader(() => undefined, 12)
    const readAll = () => {
      for (let at = 0; at < text.length; at += bytesPerRead)
        reader.push(Buffer.from(text.slice(at, at + bytesPerRead)))
    }
    expect(readAll).toThrow('longer than 12 characters')
  }
})

test('many events may be longer together than one may be', () => {
  const events: string[] = []
  const reader = new SseReader((data) => events.push(data), 12)
  reader.push(Buffer.from('data: 3456\n\n'.repeat(100)))
  expect(events).toHaveLength(100)
})

test('a line of megabytes in small reads takes linear time', async () => {
  const long = 'x'.repeat(8_000_000)
  let events: string[] = []
  const tookMs = await cpuMsOf(() => (events = eventsOf(`data: ${long}\n\n`, 1000)))
  expect(events).toEqual([long])
  expect(tookMs).toBeLessThan(1000)
})
