import { expect, test } from 'bun:test'
import { splitDelta } from '../../../src/chat/split-delta.ts'
import { formatEvent } from '../../../src/http/sse.ts'

const cases: [string, string][] = [
  ['one character', 'a'],
  ['exactly one piece', 'a'.repeat(1300)],
  ['a character more', 'a'.repeat(1301)],
  ['a megabyte', 'a'.repeat(1_000_000)],
  ['control characters, six bytes each', '\u0000'.repeat(5000)],
  ['three-byte characters', '✓'.repeat(5000)],
  ['surrogate pairs', '😀'.repeat(5000)],
  ['surrogate pairs off by one', `a${'😀'.repeat(5000)}`],
  ['quotes', '"'.repeat(5000)],
  ['lone high surrogates', '\ud800'.repeat(5000)],
  ['lone low surrogates', '\udc00'.repeat(5000)],
  ['line breaks', '\n\r\u2028\u2029'.repeat(2000)],
]

test.each(cases)('%s: whole, in order, each under 8 KiB, no pair split', (_what, text) => {
  const pieces = splitDelta(text)
  expect(pieces.join('')).toBe(text)
  for (const piece of pieces) {
    expect(piece).not.toBe('')
    const event = formatEvent({ delta: piece, finish_reason: null })
    expect(event.byteLength).toBeLessThan(8192)
    expect(Buffer.from(event).toString()).toMatch(/^data: [^\n\r]*\n\n$/)
    if (text.isWellFormed()) expect(piece.isWellFormed()).toBe(true)
  }
})

test('a small delta stays one piece', () => {
  expect(splitDelta('Based on')).toEqual(['Based on'])
})
