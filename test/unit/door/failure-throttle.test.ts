import { expect, test } from 'bun:test'
import { FailureThrottle } from '../../../src/door/failure-throttle.ts'

function fail(throttle: FailureThrottle, source: string, times: number, nowMs: number): void {
  for (let count = 0; count < times; count++) throttle.failed(source, nowMs)
}

test('a minute’s failures may come at once; then the source waits for one to be forgiven', () => {
  const throttle = new FailureThrottle(10)
  fail(throttle, 'a', 9, 1000)
  expect(throttle.waitS('a', 1000)).toBe(0)
  fail(throttle, 'a', 1, 1000)
  expect(throttle.waitS('a', 1000)).toBe(6)
  expect(throttle.waitS('a', 4500)).toBe(3)
  expect(throttle.waitS('a', 6999)).toBe(1)
  expect(throttle.waitS('a', 7000)).toBe(0)
  fail(throttle, 'a', 1, 7000)
  expect(throttle.waitS('a', 7000)).toBe(6)
})

test('failures spread over the minute never make anybody wait', () => {
  const throttle = new FailureThrottle(10)
  for (let nowMs = 0; nowMs < 600_000; nowMs += 6000) {
    expect(throttle.waitS('a', nowMs)).toBe(0)
    throttle.failed('a', nowMs)
  }
})

test('a quiet minute forgives everything, and no more than everything', () => {
  const throttle = new FailureThrottle(10)
  fail(throttle, 'a', 10, 0)
  expect(throttle.waitS('a', 3_600_000)).toBe(0)
  fail(throttle, 'a', 10, 3_600_000)
  expect(throttle.waitS('a', 3_600_000)).toBe(6)
})

test.each([
  [1, 60],
  [60, 1],
  [1_000_000, 1],
])('with %i a minute the wait is %i s', (perMinute, waitS) => {
  const throttle = new FailureThrottle(perMinute)
  fail(throttle, 'a', perMinute, 0)
  expect(throttle.waitS('a', 0)).toBe(waitS)
  expect(throttle.waitS('b', 0)).toBe(0)
})

test('of too many sources the one that failed longest ago is forgotten', () => {
  const throttle = new FailureThrottle(1)
  throttle.failed('first', 0)
  throttle.failed('second', 0)
  throttle.failed('first', 60_000)
  for (let count = 0; count < 9999; count++) throttle.failed(`more-${count}`, 60_000)
  expect(throttle.waitS('first', 60_000)).toBe(60)
  throttle.failed('one more', 60_000)
  expect(throttle.waitS('first', 60_000)).toBe(0)
  expect(throttle.waitS('one more', 60_000)).toBe(60)
})
