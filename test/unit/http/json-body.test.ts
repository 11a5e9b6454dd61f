import { expect, test } from 'bun:test'
import { isTooSlow } from '../../../src/http/json-body.ts'

test('a body has half a minute, and longer only while it keeps coming', () => {
  expect(isTooSlow(0, 30_000)).toBe(false)
  expect(isTooSlow(45, 45_000)).toBe(true)
  expect(isTooSlow(1_048_576, 200_000)).toBe(false)
  expect(isTooSlow(1_048_576, 300_000)).toBe(true)
  expect(isTooSlow(33_554_432, 780_000)).toBe(false)
  expect(isTooSlow(33_554_432, 790_000)).toBe(true)
})
