import { expect, test } from 'bun:test'
import { KeyLabel } from '../../../src/api-keys/schema.ts'
import { labelLike, nameLike, unused } from '../../../src/imports/names.ts'
import { shown } from '../../../src/imports/words.ts'
import { NAME_PATTERN } from '../../../src/names.ts'

const names: [string, string | null][] = [
  ['acme', 'acme'],
  ['Acme Corp.', 'acme-corp'],
  ['--a__b--', 'a-b'],
  ['Zoë Müller', 'zoe-muller'],
  ['用户', null],
  ['', null],
  ['x'.repeat(80), 'x'.repeat(63)],
  [`${'x'.repeat(62)} y`, 'x'.repeat(62)],
]

test.each(names)('%j is the name %j', (text, name) => {
  expect(nameLike(text)).toBe(name)
  if (name !== null) expect(name).toMatch(new RegExp(NAME_PATTERN))
})

test('a name in use gets a number, and stays a name', () => {
  expect(unused('a', new Set(['a', 'a-2']))).toBe('a-3')
  const long = 'x'.repeat(63)
  expect(unused(long, new Set([long]))).toBe(`${'x'.repeat(61)}-2`)
})

const labels = [
  '',
  ' \n ',
  'fine',
  'a\u0000b\u001b[2J',
  '\u{1f600}'.repeat(120),
  '\ud800',
  'x'.repeat(300),
]

test.each(labels)('the label of %j is one that a key may have', (text) => {
  expect(labelLike(text, 'token-1')).toMatch(new RegExp(KeyLabel.pattern!))
})

test('what a terminal would obey is not shown', () => {
  expect(shown('a\u001b[31mb\u202ec\nd')).toBe('a [31mb c d')
})
