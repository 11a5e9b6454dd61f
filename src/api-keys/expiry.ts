import { toTimestamp } from '../db/columns.ts'
import { invalid } from '../errors.ts'

const DAY_MS = 86_400_000
export const MAX_DAYS = 3650

/** A moment as requests give it: RFC 3339, in UTC or with an offset. */
export const MOMENT_PATTERN =
  '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$'

export function daysAfter(timestamp: string, days: number): string {
  return toTimestamp(new Date(Date.parse(timestamp) + days * DAY_MS))
}

/** When a key ends: null is never, undefined that nothing was said. @throws AresError `invalid` */
export function requestedExpiry(
  now: string,
  { expires_in_days, expires_at }: { expires_in_days?: number; expires_at?: string | null },
): string | null | undefined {
  if (expires_in_days === undefined) return expires_at ? momentAhead(now, expires_at) : expires_at
  if (expires_at !== undefined) {
    throw invalid('/expires_in_days', 'Give expires_at or expires_in_days, not both.')
  }
  return daysAfter(now, expires_in_days)
}

function momentAhead(now: string, moment: string): string {
  const ms = Date.parse(moment)
  if (!isDay(moment) || Number.isNaN(ms)) throw invalid('/expires_at', 'There is no such moment.')
  const expiresAt = toTimestamp(new Date(ms))
  if (expiresAt > now && expiresAt <= daysAfter(now, MAX_DAYS)) return expiresAt
  throw invalid('/expires_at', `expires_at lies ahead, by at most ${MAX_DAYS} days.`)
}

/** The parser takes the 30th of February for the 2nd of March. */
function isDay(moment: string): boolean {
  const day = moment.slice(0, 10)
  const ms = Date.parse(day)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(day)
}
