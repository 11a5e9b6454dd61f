import { expect, test } from 'bun:test'
import { percentUsed, remaining } from '../../../src/limits/quota.ts'

const cases: [limit: number | null, used: number, percent: number | null, left: number | null][] = [
  [null, 5, null, null],
  [0, 0, 100, 0],
  [0, 5, 100, 0],
  [100, 0, 0, 100],
  [100, 79, 79, 21],
  [1000, 799, 79, 201],
  [1000, 899, 89, 101],
  [3, 2, 66, 1],
  [100, 100, 100, 0],
  [100, 250, 250, 0],
  [Number.MAX_SAFE_INTEGER, 1, 0, Number.MAX_SAFE_INTEGER - 1],
  // 0.29 × 100 is 28.999… in floating point.
  [100, 29, 29, 71],
  [100, 57, 57, 43],
]

test.each(cases)('of %p, %i used is %p %% with %p left', (limit, used, percent, left) => {
  expect(percentUsed(limit, used)).toBe(percent)
  expect(remaining(limit, used)).toBe(left)
})

test('whole percentages are exact', () => {
  for (let limit = 1; limit <= 400; limit++) {
    for (let used = 0; used <= limit; used++) {
      const exact = Number((BigInt(used) * 100n) / BigInt(limit))
      if (percentUsed(limit, used) !== exact) throw new Error(`${used} of ${limit}`)
    }
  }
})
