import { describe, expect, test } from 'bun:test'
import { limitOf, pageOf, queryChoice, queryInteger, queryText } from '../../../src/http/query.ts'

const RANGE = { min: 1, max: 366, fallback: 30 }
const INVALID = expect.objectContaining({ code: 'invalid' })

describe('queryInteger', () => {
  const good: [string, number][] = [
    ['', 30],
    ['other=5', 30],
    ['days=1', 1],
    ['days=366', 366],
    ['days=007', 7],
  ]
  test.each(good)('"%s" is %i', (query, value) => {
    expect(queryInteger(new URLSearchParams(query), 'days', RANGE)).toBe(value)
  })

  const bad = [
    '0',
    '367',
    '-1',
    '+1',
    '%2B1',
    '1.0',
    '1e1',
    '0x10',
    '%205',
    '5%20',
    '',
    'x',
    '１',
    'NaN',
    'Infinity',
    '9999999999',
    '1,2',
    'null',
    'true',
    '5&days=5',
  ]
  test.each(bad)('days=%s is refused', (value) => {
    const query = new URLSearchParams(`days=${value}`)
    expect(() => queryInteger(query, 'days', RANGE)).toThrow(INVALID)
  })
})

const choose = (query: string) => queryChoice(new URLSearchParams(query), 'c', ['a', 'b'] as const)

test('queryChoice takes one of the list, once', () => {
  expect(choose('')).toBeNull()
  expect(choose('c=a')).toBe('a')
  for (const query of ['c=', 'c=A', 'c=x', 'c=a&c=b', 'c=constructor']) {
    expect(() => choose(query)).toThrow(INVALID)
  }
})

test('queryText takes any text, once', () => {
  expect(queryText(new URLSearchParams('t=%20x'), 't')).toBe(' x')
  expect(queryText(new URLSearchParams('t='), 't')).toBe('')
  expect(() => queryText(new URLSearchParams('t=a&t=a'), 't')).toThrow(INVALID)
})

const pageAt = (query: string) => pageOf(new Request(`http://localhost/v1/agents${query}`))
const limitAt = (query: string) => limitOf(new Request(`http://localhost/x${query}`), 50)

describe('pageOf', () => {
  const good: [string, number, number][] = [
    ['', 1, 20],
    ['?', 1, 20],
    ['?page=2', 2, 20],
    ['?per_page=100&page=100', 100, 100],
    ['?page=10000&per_page=1', 10_000, 1],
    ['?page=500', 500, 20],
  ]
  test.each(good)('"%s" is page %i of %i', (query, page, perPage) => {
    const window = { limit: perPage, offset: (page - 1) * perPage }
    expect(pageAt(query)).toEqual({ page, perPage, window })
  })
  test.each([
    '?page=0',
    '?per_page=0',
    '?per_page=101',
    '?page=501',
    '?page=101&per_page=100',
    '?page=10001&per_page=1',
  ])('"%s" is refused', (query) => {
    expect(() => pageAt(query)).toThrow(INVALID)
  })
})

test('limitOf is 1 to 1000', () => {
  expect([limitAt(''), limitAt('?limit=1'), limitAt('?limit=1000')]).toEqual([50, 1, 1000])
  for (const query of ['?limit=0', '?limit=1001', '?limit=-1', '?limit=x']) {
    expect(() => limitAt(query)).toThrow(INVALID)
  }
})
