/** A JSON column as data; null stays null. The text was written by us, so a broken one is our fault and throws. */
export function fromJson<T>(text: string): T
export function fromJson<T>(text: string | null): T | null
export function fromJson<T>(text: string | null): T | null {
  return text === null ? null : (JSON.parse(text) as T)
}

/** A moment as it is stored: UTC, fixed width, milliseconds. */
export function toTimestamp(date: Date): string {
  return date.toISOString()
}

/** A stored moment as it goes out: RFC 3339 in UTC with whole seconds. Source: contract §3. */
export function toWireTime(timestamp: string): string
export function toWireTime(timestamp: string | null): string | null
export function toWireTime(timestamp: string | null): string | null {
  return timestamp === null ? null : `${timestamp.slice(0, 19)}Z`
}
