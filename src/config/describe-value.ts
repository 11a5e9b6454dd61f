/** Longer strings are not repeated in messages: they say little, and keys and secrets are at least this long. */
const LONGEST_STRING_SHOWN = 31

/** Whether a parsed TOML value is a table: no list, and no date, which the parser makes an object too. */
export function isTable(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  )
}

/**
 * A value of the file, in words for a message: `70000`, `"verbose"`, `a string of 56 characters`, `a table`.
 *
 * @param isHidden the value is a secret, or may hold one: only its kind is told
 */
export function describeFound(value: unknown, isHidden: boolean): string {
  if (typeof value === 'string') return describeString(value, isHidden)
  if (Array.isArray(value)) return 'a list'
  if (value instanceof Date) return 'a date or time'
  if (isTable(value)) return 'a table'
  if (typeof value === 'number' && !Number.isFinite(value)) return describeNonFinite(value)
  return isHidden ? hiddenKind(value) : String(value)
}

/** An `@` may end a user and password inside a URL. */
function describeString(value: string, isHidden: boolean): string {
  if (value === '') return 'an empty string'
  const isShown = !isHidden && value.length <= LONGEST_STRING_SHOWN && !value.includes('@')
  if (isShown) return JSON.stringify(value)
  return value.length === 1 ? 'a string of 1 character' : `a string of ${value.length} characters`
}

/** As TOML spells it. */
function describeNonFinite(value: number): string {
  return String(value).toLowerCase().replace('infinity', 'inf')
}

/** Integers beyond 2^53 come from the parser as bigint. */
function hiddenKind(value: unknown): string {
  if (typeof value === 'boolean') return 'a boolean'
  return typeof value === 'bigint' ? 'an integer beyond 9007199254740991' : 'a number'
}
