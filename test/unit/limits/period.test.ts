import { expect, test } from 'bun:test'
import {
  dayOf,
  firstDayOf,
  monthOf,
  periodOf,
  secondsToNextPeriod,
} from '../../../src/limits/period.ts'

const periods: [moment: string, month: string, end: string, secondsLeft: number][] = [
  ['2026-03-01T00:00:00.000Z', '2026-03', '2026-03-31T23:59:59Z', 31 * 86_400],
  ['2026-03-31T23:59:59.999Z', '2026-03', '2026-03-31T23:59:59Z', 1],
  ['2026-03-31T23:59:58.000Z', '2026-03', '2026-03-31T23:59:59Z', 2],
  ['2026-12-31T23:59:00.000Z', '2026-12', '2026-12-31T23:59:59Z', 60],
  ['2027-02-28T23:59:59.000Z', '2027-02', '2027-02-28T23:59:59Z', 1],
  ['2028-02-28T00:00:00.000Z', '2028-02', '2028-02-29T23:59:59Z', 2 * 86_400],
  ['2000-02-29T12:00:00.000Z', '2000-02', '2000-02-29T23:59:59Z', 43_200],
  ['2100-02-28T23:00:00.000Z', '2100-02', '2100-02-28T23:59:59Z', 3600],
]

test.each(periods)('%s is in %s, which ends at %s, in %i s', (moment, month, end, secondsLeft) => {
  expect(periodOf(moment)).toEqual({ month, start: `${month}-01T00:00:00Z`, end })
  expect(monthOf(moment)).toBe(month)
  expect(dayOf(moment)).toBe(moment.slice(0, 10))
  expect(secondsToNextPeriod(moment)).toBe(secondsLeft)
})

const spans: [moment: string, days: number, first: string][] = [
  ['2026-03-13T14:22:00.000Z', 1, '2026-03-13'],
  ['2026-03-13T14:22:00.000Z', 13, '2026-03-01'],
  ['2026-03-13T23:59:59.999Z', 30, '2026-02-12'],
  ['2028-03-01T00:00:00.000Z', 2, '2028-02-29'],
  ['2026-01-01T00:00:00.000Z', 366, '2025-01-01'],
]

test.each(spans)('of %s, %i days begin on %s', (moment, days, first) => {
  expect(firstDayOf(moment, days)).toBe(first)
})
