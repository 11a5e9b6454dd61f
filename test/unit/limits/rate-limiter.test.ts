import { describe, expect, test } from 'bun:test'
import { RateLimiter } from '../../../src/limits/rate-limiter.ts'

/** How many of these attempts pass. */
function passing(limiter: RateLimiter, attempts: number, perMinute: number, nowMs: number): number {
  let passed = 0
  for (let i = 0; i < attempts; i++) {
    if (limiter.take('acme', perMinute, nowMs).allowed) passed++
  }
  return passed
}

describe('RateLimiter', () => {
  test('a burst is a minute’s allowance, no more', () => {
    expect(passing(new RateLimiter(), 100, 60, 0)).toBe(60)
  })

  test('it refills evenly and never beyond its size', () => {
    const limiter = new RateLimiter()
    passing(limiter, 60, 60, 0)
    expect(passing(limiter, 10, 60, 999)).toBe(0)
    expect(passing(limiter, 10, 60, 1000)).toBe(1)
    expect(passing(limiter, 10, 60, 4000)).toBe(3)
    expect(passing(limiter, 100, 60, 10_000_000)).toBe(60)
  })

  test('over a long time the rate is kept exactly', () => {
    const limiter = new RateLimiter()
    let passed = 0
    for (let ms = 0; ms <= 600_000; ms += 7) passed += limiter.take('acme', 300, ms).allowed ? 1 : 0
    expect(passed).toBeWithin(300 + 2999, 300 + 3001)
  })

  test('what it tells', () => {
    const limiter = new RateLimiter()
    expect(limiter.take('acme', 2, 0)).toEqual({
      allowed: true,
      limit: 2,
      remaining: 1,
      resetS: 30,
      retryAfterS: 1,
    })
    expect(limiter.take('acme', 2, 0)).toMatchObject({ allowed: true, remaining: 0, resetS: 60 })
    expect(limiter.take('acme', 2, 0)).toMatchObject({
      allowed: false,
      remaining: 0,
      resetS: 60,
      retryAfterS: 30,
    })
    expect(limiter.take('acme', 2, 29_000)).toMatchObject({ allowed: false, retryAfterS: 1 })
    expect(limiter.take('acme', 2, 30_000)).toMatchObject({ allowed: true })
  })

  test('a limit of 0 lets nothing pass and says to come much later', () => {
    const decision = new RateLimiter().take('acme', 0, 0)
    expect(decision).toMatchObject({ allowed: false, limit: 0, remaining: 0 })
    expect(decision.retryAfterS).toBeGreaterThan(60)
    expect(Number.isFinite(decision.resetS)).toBe(true)
  })

  test('a new limit applies at once: what was taken stays taken', () => {
    const limiter = new RateLimiter()
    passing(limiter, 50, 60, 0) // 10 left
    expect(limiter.take('acme', 100, 0)).toMatchObject({ limit: 100, remaining: 49 })
    expect(limiter.take('acme', 20, 0)).toMatchObject({ allowed: false, remaining: 0 })
  })

  test('tenants have buckets of their own, also beyond ten thousand', () => {
    const limiter = new RateLimiter()
    for (let i = 0; i < 10_001; i++) expect(limiter.take(`t${i}`, 1, 0).allowed).toBe(true)
    expect(limiter.take('t10000', 1, 0).allowed).toBe(false)
    expect(limiter.take('t0', 1, 1).allowed).toBe(false)
    expect(limiter.take('t0', 1, 60_000).allowed).toBe(true)
  })

  test('a clock that stands still or runs back gives nothing away', () => {
    const limiter = new RateLimiter()
    passing(limiter, 60, 60, 10_000)
    expect(passing(limiter, 10, 60, 9000)).toBe(0)
  })
})
