/** A UTC calendar month, the billing period. Source: contract 6.1. */
export interface Period {
  month: string
  /** RFC 3339, whole seconds. */
  start: string
  end: string
}

/** `2026-03` of a stored moment. */
export function monthOf(timestamp: string): string {
  return timestamp.slice(0, 7)
}

/** `2026-03-13` of a stored moment. */
export function dayOf(timestamp: string): string {
  return timestamp.slice(0, 10)
}

/** The period a moment falls in, first to last second. */
export function periodOf(timestamp: string): Period {
  const month = monthOf(timestamp)
  const lastSecond = new Date(startOfNextMonth(timestamp) - 1000)
  return {
    month,
    start: `${month}-01T00:00:00Z`,
    end: `${lastSecond.toISOString().slice(0, 19)}Z`,
  }
}

/** Whole seconds, at least 1, from a moment to the end of its period. */
export function secondsToNextPeriod(timestamp: string): number {
  return Math.max(1, Math.ceil((startOfNextMonth(timestamp) - Date.parse(timestamp)) / 1000))
}

function startOfNextMonth(timestamp: string): number {
  const [year, month] = monthOf(timestamp).split('-').map(Number) as [number, number]
  return Date.UTC(year, month, 1)
}

/** The day `days - 1` before that of the moment: the first of a span of `days` that counts today. */
export function firstDayOf(timestamp: string, days: number): string {
  const today = Date.parse(`${dayOf(timestamp)}T00:00:00Z`)
  return new Date(today - (days - 1) * 86_400_000).toISOString().slice(0, 10)
}

/** How many days there are from the first to the last, both counted. */
export function daysBetween(firstDay: string, lastDay: string): number {
  const [firstMs, lastMs] = [firstDay, lastDay].map((day) => Date.parse(`${day}T00:00:00Z`))
  return Math.round((lastMs! - firstMs!) / 86_400_000) + 1
}
