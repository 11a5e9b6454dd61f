import { expect, test } from 'bun:test'
import { SseReader } from '../../../src/providers/read-sse.ts'

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

test('a line of megabytes in small reads takes linear time', () => {
  const long = 'x'.repeat(8_000_000)
  const startedAt = performance.now()
  expect(eventsOf(`data: ${long}\n\n`, 1000)).toEqual([long])
  expect(performance.now() - startedAt).toBeLessThan(1000)
})
