/** What a tenant's bucket answers; becomes the `X-RateLimit-…` headers. */
export interface RateDecision {
  allowed: boolean
  limit: number
  /** Whole requests that would pass right now. */
  remaining: number
  /** Whole seconds until the bucket is full again. */
  resetS: number
  /** Whole seconds until one more request passes, at least 1; for a refusal. */
  retryAfterS: number
}

/** Takes requests out of buckets, wherever those are kept. */
export interface Rates {
  /** Takes one request out of the tenant's bucket. `perMinute` may change from call to call. */
  take(tenantId: string, perMinute: number, nowMs: number): RateDecision | Promise<RateDecision>
}

/** What a bucket answers that was left at this level. */
export function decisionAt(level: number, perMinute: number, allowed: boolean): RateDecision {
  const secondsFor = (missing: number) =>
    perMinute === 0 ? NEVER_RETRY_S : (missing * 60) / perMinute
  return {
    allowed,
    limit: perMinute,
    remaining: Math.floor(level),
    resetS: Math.ceil(secondsFor(perMinute - level)),
    retryAfterS: Math.max(1, Math.ceil(secondsFor(1 - level))),
  }
}

interface Bucket {
  perMinute: number
  level: number
  filledMs: number
}

/** Buckets kept for tenants that have gone quiet; full ones carry no information and are dropped first. */
const MAX_BUCKETS = 10_000
/** `Retry-After` where nothing is allowed at all. */
const NEVER_RETRY_S = 3600

/** Token buckets, one per tenant: a minute's allowance as burst, refilled evenly. Owned by the process that owns the database. */
export class RateLimiter implements Rates {
  readonly #buckets = new Map<string, Bucket>()

  take(tenantId: string, perMinute: number, nowMs: number): RateDecision {
    const bucket = this.#filled(tenantId, perMinute, nowMs)
    const allowed = bucket.level >= 1
    if (allowed) bucket.level -= 1
    return decisionAt(bucket.level, perMinute, allowed)
  }

  #filled(tenantId: string, perMinute: number, nowMs: number): Bucket {
    const bucket = this.#buckets.get(tenantId)
    if (!bucket) return this.#add(tenantId, { perMinute, level: perMinute, filledMs: nowMs })
    // A new limit applies at once: what was taken stays taken.
    bucket.level = Math.max(0, bucket.level + perMinute - bucket.perMinute)
    bucket.perMinute = perMinute
    const gained = ((nowMs - bucket.filledMs) * perMinute) / 60_000
    bucket.level = Math.min(perMinute, bucket.level + gained)
    bucket.filledMs = nowMs
    return bucket
  }

  #add(tenantId: string, bucket: Bucket): Bucket {
    if (this.#buckets.size >= MAX_BUCKETS) this.#dropQuiet(bucket.filledMs)
    this.#buckets.set(tenantId, bucket)
    return bucket
  }

  #dropQuiet(nowMs: number): void {
    for (const [tenantId, { filledMs }] of this.#buckets) {
      // Untouched for a minute means full again, whatever the limit.
      if (nowMs - filledMs >= 60_000) this.#buckets.delete(tenantId)
    }
  }
}
