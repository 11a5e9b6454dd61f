/** Longer waits than this are refused: the caller hears of the failure at once. Source: contract 2.5. */
const LONGEST_RETRY_AFTER_MS = 20_000
const FIRST_BACKOFF_MS = 500
const LONGEST_BACKOFF_MS = 8000

/** Statuses that say "later", not "no". Source: contract 2.5. */
export function isRetryableStatus(status: number): boolean {
  return status === 408 || status === 409 || status === 429 || status >= 500
}

export interface RetryQuestion {
  /** Retries already made. */
  made: number
  allowed: number
  /** The `Retry-After` header, or null. */
  retryAfter: string | null
  now: Date
  /** 0 to 1, so that many callers do not come back together. */
  random: number
}

/** How long to wait before the next attempt, in ms; null when there should be none. */
export function retryDelayMs({
  made,
  allowed,
  retryAfter,
  now,
  random,
}: RetryQuestion): number | null {
  if (made >= allowed) return null
  const asked = parseRetryAfterMs(retryAfter, now)
  if (asked !== null) return asked > LONGEST_RETRY_AFTER_MS ? null : asked
  const backoff = Math.min(FIRST_BACKOFF_MS * 2 ** made, LONGEST_BACKOFF_MS)
  return backoff * (0.5 + random / 2)
}

/** Seconds or an HTTP date as ms from now; null when it is neither. A date in the past is 0. */
export function parseRetryAfterMs(header: string | null, now: Date): number | null {
  if (header === null) return null
  if (/^\d{1,15}(\.\d{1,9})?$/.test(header)) return Number(header) * 1000
  const at = /^[A-Z][a-z]{2}, /.test(header) ? Date.parse(header) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - now.getTime())
}
