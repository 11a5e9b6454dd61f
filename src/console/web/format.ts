/* Numbers, times and money as the reader's locale writes them. Days are UTC days, as the API counts them. */

const whole = new Intl.NumberFormat()
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 })
const oneDecimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 })
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 })
const dollars = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 2,
})
const smallDollars = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumSignificantDigits: 2,
})
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' })
const dateTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const thisYear = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
})
const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })

/** What stands for a value that does not exist yet. */
export const NONE = '–'

export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : whole.format(value)
}

/** `1.2M` from a hundred thousand on. */
export function brief(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE
  return value < 100_000 ? whole.format(value) : short.format(value)
}

export function share(part: number, total: number): string {
  return total === 0 ? NONE : percent.format(part / total)
}

/** @param microUsd millionths of a dollar; null when no price is configured */
export function money(microUsd: number | null | undefined): string {
  if (microUsd === null || microUsd === undefined) return NONE
  const usd = microUsd / 1e6
  return usd > 0 && usd < 0.1 ? smallDollars.format(usd) : dollars.format(usd)
}

export function milliseconds(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return NONE
  if (ms < 1000) return `${oneDecimal.format(ms)} ms`
  return ms < 100_000
    ? `${oneDecimal.format(ms / 1000)} s`
    : `${whole.format(Math.round(ms / 60_000))} min`
}

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return NONE
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), units.length - 1)
  return `${oneDecimal.format(value / 1000 ** step)} ${units[step]}`
}

/** @param date `2026-03-13` */
export function utcDay(date: string): string {
  return day.format(new Date(`${date}T00:00:00Z`))
}

const YEAR_IS_PLAIN_MS = 300 * 86_400_000

/** A moment in the reader's own time zone; with its year where that is not plain. */
export function moment(iso: string): string {
  const date = new Date(iso)
  const near = Math.abs(Date.now() - date.getTime()) < YEAR_IS_PLAIN_MS
  return (near ? thisYear : dateTime).format(date)
}

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]

/** `5 min ago` within a day, else the moment. */
export function since(iso: string, nowMs: number): string {
  const seconds = Math.round((nowMs - Date.parse(iso)) / 1000)
  if (seconds < -60 || seconds >= 86_400) return moment(iso)
  const [unit, length] = STEPS.find(([, size]) => seconds >= size) ?? ['second', 1]
  return ago.format(-Math.max(0, Math.floor(seconds / length)), unit)
}

/** `3 d 4 h`. */
export function duration(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor((seconds % 86_400) / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
  ]
  const shown = parts.filter(([value]) => value > 0).slice(0, 2)
  if (shown.length === 0) return `${Math.floor(seconds)} s`
  return shown.map(([value, unit]) => `${value} ${unit}`).join(' ')
}
