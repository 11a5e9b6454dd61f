import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { isRawNumber, parseLossless } from '../../../src/form/lossless-json.ts'

const KEPT = [
  '{"id":9223372036854775807}',
  '{"id":-9223372036854775808,"of":[12345678901234567890]}',
  '{"text":"9223372036854775807"}',
  '[9007199254740991,9007199254740993]',
]

test.each(KEPT)('%s is written as it came', (text) => {
  expect(JSON.stringify(parseLossless(text))).toBe(text)
})

test('what a number can hold is a number', () => {
  const value = parseLossless('{"safe":9007199254740991,"long":0.1234567890123456}')
  expect(value).toEqual({ safe: 9007199254740991, long: 0.1234567890123456 })
})

test('a raw number is told from everything else', () => {
  const value = parseLossless('[9223372036854775807,{"rawJSON":"1"}]') as unknown[]
  expect(value.map(isRawNumber)).toEqual([true, false])
})

test('otherwise it is JSON.parse', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.stringify(parseLossless(text))).toBe(JSON.stringify(JSON.parse(text)))
    }),
  )
  expect(() => parseLossless('{')).toThrow(SyntaxError)
})
