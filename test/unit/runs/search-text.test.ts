import { expect, test } from 'bun:test'
import { textMatcher } from '../../../src/runs/search-text.ts'

const NOTHING = { input: null, output: null, error: null }
const said = (value: unknown) => ({ ...NOTHING, input: JSON.stringify(value) })

test.each([
  ['a word', 'amount', { message: 'The amount is due.' }],
  ['another case', 'AMOUNT', { message: 'the amount' }],
  ['umlauts in another case', 'GRÖSSE', { message: 'die größe' }],
  ['a final sigma', 'ΟΔΟΣ', { message: 'οδος' }],
  ['a quotation mark', 'say "hello"', { message: 'they say "hello" to' }],
  ['a backslash', 'C:\\temp', { message: 'in C:\\temp\\x' }],
  ['a line break', 'one\ntwo', { message: 'one\ntwo' }],
  ['a percent sign', '100%', { message: 'by 100% more' }],
  ['an underscore', 'risk_score', { message: 'the risk_score' }],
  ['a field name', 'risk_score', { risk_score: 5 }],
  ['a number', '15000', { context: { amount: 15000 } }],
  ['a truth', 'true', { context: { paid: true } }],
  ['an emoji', '😀', { message: 'fine 😀' }],
  ['something deep', 'needle', { a: [[{ b: [{ c: 'a needle' }] }]] }],
  ['a name that is special to JavaScript', '__proto__', JSON.parse('{"__proto__": 1}')],
])('finds %s', (_what, text, value) => {
  expect(textMatcher(text)(said(value))).toBe(true)
  expect(textMatcher(text)({ ...NOTHING, output: JSON.stringify(value) })).toBe(true)
})

test.each([
  ['a percent sign as anything', 'a%c', { message: 'abc' }],
  ['an underscore as anything', 'a_c', { message: 'abc' }],
  ['a star as anything', 'a*', { message: 'abc' }],
  ['the letter of an escape', 'name', { message: 'their\names' }],
  ['a line break in a backslash and n', 'a\nb', { message: 'a\\nb' }],
  ['JSON’s own marks', '":"', { message: 'text' }],
  ['text across two values', 'onetwo', ['one', 'two']],
])('does not take %s', (_what, text, value) => {
  expect(textMatcher(text)(said(value))).toBe(false)
})

test('the error counts, and nothing at all does not', () => {
  expect(textMatcher('TIMED out')({ ...NOTHING, error: 'It timed out.' })).toBe(true)
  expect(textMatcher('null')(NOTHING)).toBe(false)
})

test('deep and wide JSON is looked through', () => {
  const deep = `${'['.repeat(100_000)}"needle"${']'.repeat(100_000)}`
  const wide = JSON.stringify([...Array.from({ length: 300_000 }, () => 'hay'), 'needle'])
  expect(textMatcher('needle')({ ...NOTHING, output: wide })).toBe(true)
  expect(() => textMatcher('needle')({ ...NOTHING, output: deep })).not.toThrow()
})
