import { dayOf } from '../limits/period.ts'
import { firstIdAt } from '../run-ids.ts'
import type { IdRange } from './run-list-store.ts'

/** A run is given its id a moment after its start. */
const LATE_MS = 1000
const DAY_MS = 24 * 3600 * 1000

/** Above every id. */
export const TOP = 'ffffffff-ffff'
/** Below every id. */
export const BOTTOM = '00000000-0000'

/** Below the ids of all runs that started at that moment or later. */
export function floorOf(timestamp: string): string {
  return firstIdAt(Date.parse(timestamp))
}

/** Above the ids of all runs that started before that moment. */
export function ceilingOf(timestamp: string): string {
  return firstIdAt(Date.parse(timestamp) + LATE_MS)
}

/** Where the runs of a UTC day are. */
export function rangeOfDay(day: string): IdRange {
  const startMs = Date.parse(`${day}T00:00:00Z`)
  return { floor: firstIdAt(startMs), below: firstIdAt(startMs + DAY_MS + LATE_MS) }
}

/** The last day that has ids below this one; later than all days for `TOP`. */
export function dayOfId(id: string): string {
  const ms = Number.parseInt(id.slice(0, 13).replace('-', ''), 16) - 1
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999
    ? LAST_DAY
    : dayOf(date.toISOString())
}

const LAST_DAY = '9999-12-31'
