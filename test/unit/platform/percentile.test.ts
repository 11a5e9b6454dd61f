import { expect, test } from 'bun:test'
import { percentile } from '../../../src/platform/percentile.ts'

test.each([
  [[], 50, null],
  [[7], 50, 7],
  [[7], 95, 7],
  [[4, 1, 3, 2], 50, 2],
  [[4, 1, 3, 2], 95, 4],
  [Array.from({ length: 100 }, (_, i) => 100 - i), 95, 95],
])('of %j, %i per cent do not exceed %p', (values, percent, expected) => {
  expect(percentile(values, percent)).toBe(expected)
})
