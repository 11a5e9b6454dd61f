import { StorageDamaged } from './errors.ts'

/** A JSON column as data; null stays null. @throws StorageDamaged for what is no JSON: it is not what we have written */
export function fromJson<T>(text: string): T
export function fromJson<T>(text: string | null): T | null
export function fromJson<T>(text: string | null): T | null {
  if (text === null) return null
  try {
    return JSON.parse(text) as T
  } catch (error) {
    throw new StorageDamaged('a stored text is no JSON', { cause: error })
  }
}

let last = { ms: 0, timestamp: new Date(0).toISOString() }
let before = last

/**
 * A moment as it is stored: UTC, fixed width, milliseconds. A busy server asks many times in the same one, by turns for
 * now and for the end of a lease.
 */
export function toTimestamp(date: Date): string {
  const ms = date.getTime()
  if (ms === last.ms) return last.timestamp
  if (ms !== before.ms) before = { ms, timestamp: date.toISOString() }
  ;[last, before] = [before, last]
  return last.timestamp
}

/** A stored moment as it goes out: RFC 3339 in UTC with whole seconds. Source: contract 3.1. */
export function toWireTime(timestamp: string): string
export function toWireTime(timestamp: string | null): string | null
export function toWireTime(timestamp: string | null): string | null {
  return timestamp === null ? null : `${timestamp.slice(0, 19)}Z`
}
