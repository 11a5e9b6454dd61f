import { expect, test } from 'bun:test'
import { serverTiming } from '../../../src/http/server-timing.ts'

test('every phase that was reached stands with its milliseconds, in the order of the request', () => {
  const times = { settle: 0.4, provider: 812.3456, auth: 0, reserve: 12 }
  expect(serverTiming(times)).toBe(
    'auth;dur=0, reserve;dur=12, provider;dur=812.35, settle;dur=0.4',
  )
  expect(serverTiming({ auth: 0.129, reserve: 1 })).toBe('auth;dur=0.13, reserve;dur=1')
  expect(serverTiming({ auth: 0.04, settle: 9.996 })).toBe('auth;dur=0.04, settle;dur=10')
  expect(serverTiming({})).toBe('')
})
