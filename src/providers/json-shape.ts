/** The value of a JSON text, or undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/**
 * As `parseJson`, also when a field is a bare NaN or Infinity, as servers in Python write an
 * unknown figure; those become null.
 */
export function parseReply(text: string): unknown {
  const value = parseJson(text)
  // Inside a JSON string the quotes around a name are escaped, so only real fields can match.
  return value === undefined
    ? parseJson(text.replace(/("\w+"\s*:\s*)(?:NaN|-?Infinity)\b/g, '$1null'))
    : value
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
