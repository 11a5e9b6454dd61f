import { excessOf } from '../json-scan.ts'
import { parseLossless } from '../form/lossless-json.ts'
import { tooComplex } from './call-failure.ts'

/** The value of a JSON text, or undefined when it is not JSON or passes the limits of `JsonScan`. */
export function parseJson(text: string): unknown {
  return excessOf(text) === null ? parsed(text) : undefined
}

/**
 * As `parseJson`, also when a field is a bare NaN or Infinity, as servers in Python write an
 * unknown figure; those become null.
 *
 * @throws CallFailure for a text that passes the limits of `JsonScan`
 */
export function parseReply(text: string): unknown {
  const excess = excessOf(text)
  if (excess !== null) throw tooComplex(excess)
  return parsed(text) ?? parsed(withoutNaN(text))
}

/** The value of a JSON text whose limits are known to hold, large integers as they came; undefined when it is not JSON. */
export function parsed(text: string): unknown {
  try {
    return parseLossless(text)
  } catch {
    return undefined
  }
}

/** Bare NaN and Infinity as null. */
export function withoutNaN(text: string): string {
  if (!text.includes('NaN') && !text.includes('Infinity')) return text
  // Inside a JSON string the quotes around a name are escaped, so only real fields can match.
  return text.replace(/("\w+"\s*:\s*)(?:NaN|-?Infinity)\b/g, '$1null')
}

/** Stand-ins for what is missing, made once: most events of a stream miss most fields. */
const NO_FIELDS: Readonly<Record<string, unknown>> = Object.freeze({})
const NO_ITEMS: readonly unknown[] = Object.freeze([])

/** The object itself, or an empty one when it is something else. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : NO_FIELDS
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : NO_ITEMS
}

export function asString(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
