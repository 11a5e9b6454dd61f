import { describe, expect, test } from 'bun:test'
import {
  HEAD_LENGTH,
  inputPreview,
  outputPreview,
  wholeInputPreview,
} from '../../../src/runs/content-preview.ts'

/** As the database cuts it: in characters, not in halves of them. */
function headOf(text: string): string {
  return Array.from(text).slice(0, HEAD_LENGTH).join('')
}

describe('the preview of an input', () => {
  const MESSAGES: [string, string, string][] = [
    ['plain text', 'x'.repeat(100_000), 'x'.repeat(2048)],
    ['a short message beside a long context', 'hello', 'hello'],
    ['two bytes each', 'é'.repeat(100_000), 'é'.repeat(1024)],
    ['three bytes each, cut between two', '語'.repeat(100_000), '語'.repeat(682)],
    ['four bytes each', '😀'.repeat(100_000), '😀'.repeat(512)],
    ['what is escaped longest', '\u0001'.repeat(100_000), '\u0001'.repeat(2048)],
    ['quotes and backslashes', '"\\'.repeat(100_000), '"\\'.repeat(1024)],
    ['nothing', '', ''],
  ]

  test.each(MESSAGES)('is the first 2 KiB of the message: %s', (_what, message, shown) => {
    const json = JSON.stringify({ message, context: { long: 'y'.repeat(100_000) } })
    expect(inputPreview(headOf(json))).toEqual({ message: shown })
    expect(wholeInputPreview(json)).toEqual({ message: shown })
  })

  test('an escape that is cut is left out', () => {
    for (let cut = 12; cut < 30; cut++) {
      const { message } = inputPreview('{"message":"a\\u0001\\n\\"b"}'.slice(0, cut))!
      expect('a\u0001\n"b').toStartWith(message)
    }
  })

  test('is not made of what begins with another field', () => {
    expect(inputPreview('{"context":{"message":"no"},"message":"yes"}')).toBeUndefined()
    expect(wholeInputPreview('{"context":{"message":"no"},"message":"yes"}')).toEqual({
      message: 'yes',
    })
  })
})

test('the preview of an output is the first 2 KiB of its JSON', () => {
  const json = JSON.stringify({ verdict: 'é'.repeat(5000) })
  const { message } = outputPreview(headOf(json))
  expect(json).toStartWith(message)
  expect(Buffer.byteLength(message)).toBe(2048)
})
