import { describe, expect, test } from 'bun:test'
import { parseRetryAfterMs, retryDelayMs } from '../../../src/providers/retry-policy.ts'

const now = new Date('2026-11-22T12:00:00Z')

test.each([
  [null, null],
  ['0', 0],
  ['2', 2000],
  ['1.5', 1500],
  ['1000000000', 1e12],
  ['Sun, 22 Nov 2026 12:00:07 GMT', 7000],
  ['Sun, 22 Nov 2026 11:00:00 GMT', 0],
  ['-1', null],
  ['soon', null],
  ['', null],
  ['5 apples', null],
  ['May', null],
])('Retry-After %p is %p ms', (header, expected) => {
  expect(parseRetryAfterMs(header, now)).toBe(expected)
})

const delay = (changes: object) =>
  retryDelayMs({ made: 0, allowed: 2, retryAfter: null, now, random: 1, ...changes })

describe('the delay before a retry', () => {
  test.each([
    [{}, 500],
    [{ random: 0 }, 250],
    [{ made: 1 }, 1000],
    [{ made: 9, allowed: 10 }, 8000],
    [{ retryAfter: '20' }, 20_000],
    [{ retryAfter: 'nonsense' }, 500],
  ])('%p waits %d ms', (changes, expected) => {
    expect(delay(changes)).toBe(expected)
  })

  test.each([[{ allowed: 0 }], [{ made: 2 }], [{ retryAfter: '20.1' }]])(
    '%p is the end',
    (changes) => {
      expect(delay(changes)).toBeNull()
    },
  )
})
