import { expect, test } from 'bun:test'
import { stepsOf } from '../../../src/http/json-steps.ts'
import type { JsonPiece } from '../../../src/http/json-text.ts'
import { STEP } from '../../../src/http/long-pieces.ts'

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function read(pieces: JsonPiece[]): { text: string; sizes: number[] } {
  const steps = [...stepsOf(pieces)]
  return {
    text: Buffer.concat(steps).toString(),
    sizes: steps.map(({ byteLength }) => byteLength),
  }
}

test.each<[string, () => JsonPiece[], string]>([
  ['nothing', () => [], ''],
  ['short pieces', () => ['{"a":', bytes('"é😀"'), '}'], '{"a":"é😀"}'],
  ['a long text', () => ['[', 'x'.repeat(3 * STEP + 1), ']'], `[${'x'.repeat(3 * STEP + 1)}]`],
  ['long bytes', () => ['[', bytes('ü'.repeat(2 * STEP)), ']'], `[${'ü'.repeat(2 * STEP)}]`],
  ['a character across a step', () => [`${'x'.repeat(STEP - 1)}😀y`], `${'x'.repeat(STEP - 1)}😀y`],
])('%s come out as they went in', (_, pieces, text) => {
  expect(read(pieces()).text).toBe(text)
})

test('no step is longer than it may be, and short pieces share one', () => {
  expect(read(['a', 'b', bytes('x'.repeat(STEP + 5)), 'c', 'd']).sizes).toEqual([2, STEP, 5, 2])
})

test.each<[string, (text: string) => Uint8Array<ArrayBuffer>]>([
  ['bytes', bytes],
  ['those of a Buffer', (text) => Buffer.from(bytes(text).buffer)],
])('%s are given back after the last step, and when nobody wants the rest', (_, made) => {
  const read = made('x'.repeat(STEP * 2))
  const left = made('x'.repeat(STEP * 2))
  const kept = [...stepsOf([read])]
  const steps = stepsOf([left])
  steps.next()
  expect(left.buffer.detached).toBe(false)
  steps.return()
  expect([read.buffer.detached, left.buffer.detached]).toEqual([true, true])
  // What was handed out stays as it was.
  expect(Buffer.concat(kept).toString()).toBe('x'.repeat(STEP * 2))
})

test('bytes that share their memory stay', () => {
  const shared = bytes('x'.repeat(100))
  expect(Buffer.concat([...stepsOf([shared.subarray(10, 20)])]).toString()).toBe('x'.repeat(10))
  expect(shared.buffer.detached).toBe(false)
})
