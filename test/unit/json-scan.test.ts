import { expect, test } from 'bun:test'
import { excessOf, type JsonExcess, JsonScan } from '../../src/json-scan.ts'

function scanned(text: string, size = Infinity): JsonScan {
  const scan = new JsonScan()
  for (let at = 0; at < text.length; at += size) scan.push(text.slice(at, at + size))
  return scan
}

const cases: [string, string, JsonExcess | null, boolean][] = [
  ['64 levels', '['.repeat(64) + ']'.repeat(64), null, true],
  ['65 levels', '['.repeat(65) + ']'.repeat(65), 'depth', false],
  ['50,000 items', `[${'1,'.repeat(49_999)}1]`, null, true],
  ['50,001 items', `[${'1,'.repeat(50_000)}1]`, 'items', false],
  ['brackets in strings', JSON.stringify({ a: ['[[["[', '\\', '\\"['] }), null, true],
  ['an escape at the end of a string', '{"a":"\\\\"}', null, true],
  ['an object that goes on', '{"a":[{}]', null, false],
  ['a string that goes on', '{"a":"}', null, false],
  ['a quote that is escaped', '{"a":"\\"}', null, false],
  ['nothing', '', null, false],
  ['no object', '"a"', null, false],
]

test.each(cases)('at a glance: %s', (_what, text, excess) => {
  expect(excessOf(text)).toBe(excess)
})

test.each([
  ['numbers in lists', `[${'0.5,'.repeat(90_000)}1]`, null],
  ['too many even so', `[${'0.5,'.repeat(160_000)}1]`, 'items'],
  ['fields', `{${'"a":1,'.repeat(50_001)}"a":1}`, 'items'],
  ['lists', `[${'[],'.repeat(50_001)}1]`, 'items'],
  ['strings', `[${'"",'.repeat(50_001)}1]`, 'items'],
])('where numbers are free: %s', (_what, text, excess) => {
  const scan = new JsonScan({ freeNumbers: 100_000 })
  scan.push(text)
  expect<string | null>(scan.excess).toBe(excess)
})

test.each(cases)('%s, in pieces of any size', (_what, text, excess, closed) => {
  for (const size of [1, 2, 3, 1000, Infinity]) {
    const scan = scanned(text, size)
    expect(scan.excess).toBe(excess)
    if (excess === null) expect(scan.closed).toBe(closed)
  }
})
