import { expect, test } from 'bun:test'
import { AresError } from '../../../src/errors.ts'
import { queryTime } from '../../../src/http/query-time.ts'

const timeOf = (text: string) => queryTime(new URLSearchParams({ from: text }), 'from')

test.each([
  ['2026-03-13', '2026-03-13T00:00:00.000Z'],
  ['2026-03-13T14:22:00Z', '2026-03-13T14:22:00.000Z'],
  ['2026-03-13T14:22:00.25Z', '2026-03-13T14:22:00.250Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
])('%s is %s', (text, stored) => {
  expect(timeOf(text)).toBe(stored)
})

test.each([
  '',
  'now',
  '2026-02-30',
  '2026-13-01',
  '2026-03-13T14:22:00',
  '2026-03-13T14:22Z',
  '2026-03-13T25:00:00Z',
  '2026-03-13T24:00:00Z',
  '2026-03-13T14:22:00+01:00',
  '2026-3-13',
  '1773411720',
  ' 2026-03-13',
])('%j is no time', (text) => {
  expect(() => timeOf(text)).toThrow(AresError)
})

test('absent is null, twice is refused', () => {
  expect(queryTime(new URLSearchParams(), 'from')).toBeNull()
  const twice = new URLSearchParams('from=2026-03-13&from=2026-03-13')
  expect(() => queryTime(twice, 'from')).toThrow(AresError)
})
