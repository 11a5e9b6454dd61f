import { expect, test } from 'bun:test'
import { dataOf, EventCutter, eventsIn, firstEvents } from '../../../src/providers/event-cutter.ts'

const bytes = (text: string) => Buffer.from(text)
const text = (given: Uint8Array | null) => (given === null ? null : Buffer.from(given).toString())

test.each([
  ['whole events', 'data: a\n\ndata: b\n\n', 'data: a\n\ndata: b\n\n', null],
  ['the beginning of another', 'data: a\n\ndata: b', 'data: a\n\n', 'data: b'],
  ['no event yet', 'data: a\n', null, 'data: a\n'],
  ['carriage returns', 'data: a\r\n\r\ndata: b\r\n', 'data: a\r\n\r\n', 'data: b\r\n'],
  ['nothing', '', null, null],
])('cuts after %s', (_what, given, whole, rest) => {
  const cutter = new EventCutter()
  if (given !== '') cutter.add(bytes(given))
  expect(text(cutter.take())).toBe(whole)
  expect(text(cutter.takeRest())).toBe(rest)
})

test.each([
  'data: é\n\n: c\n\ndata: b\n\n',
  'data: é\r\n\r\ndata: b\r\n\r\n',
  'data: é\r\r: c\r\rdata: b\r\r',
])('loses nothing, and cuts nothing apart, whatever the reads: %j', (stream) => {
  const all = bytes(stream)
  for (let size = 1; size <= all.length; size++) {
    const cutter = new EventCutter()
    const taken: string[] = []
    for (let at = 0; at < all.length; at += size) {
      cutter.add(all.subarray(at, at + size))
      const events = text(cutter.take())
      if (events !== null) taken.push(events)
    }
    expect(taken.join('')).toBe(stream)
    for (const events of taken) expect(events).toMatch(/(\r?\n\r?\n|\r\r)$/)
    expect(cutter.takeRest()).toBeNull()
  }
})

test('a long event in many reads comes whole', () => {
  const event = bytes(`${'data: x\n'.repeat(200_000)}\n`)
  const cutter = new EventCutter()
  for (let at = 0; at < event.length; at += 1000) {
    expect(cutter.take()).toBeNull()
    cutter.add(event.subarray(at, at + 1000))
  }
  expect(event.equals(cutter.take()!)).toBe(true)
  expect(cutter.takeRest()).toBeNull()
})

test('events come one by one, the last perhaps without its blank line', () => {
  expect(eventsIn(bytes('data: a\n\n: c\n\r\ndata: b')).map(text)).toEqual([
    'data: a\n\n',
    ': c\n\r\n',
    'data: b',
  ])
  expect(eventsIn(bytes(''))).toEqual([])
})

test.each([
  ['data: {"a":1}\n\n', '{"a":1}'],
  ['event: x\r\ndata:{"a":1}\r\n\r\n', '{"a":1}'],
  [': comment\n\n', ''],
])('the data of %j is %s', (event, data) => {
  expect(dataOf(bytes(event)).trim()).toBe(data)
})

test('the first events with data, and what stands between them', () => {
  const stream = bytes(': c\n\ndata: a\n\n: d\n\ndata: b\n\n')
  expect(text(firstEvents(stream, 0))).toBe(': c\n\n')
  expect(text(firstEvents(stream, 1))).toBe(': c\n\ndata: a\n\n: d\n\n')
  expect(text(firstEvents(stream, 9))).toBe(stream.toString())
  expect(firstEvents(bytes('data: a\n\n'), 0)).toBeNull()
  expect(firstEvents(null, 1)).toBeNull()
})
