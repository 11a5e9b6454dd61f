/** Shorter integers are always exact. */
const MAY_BE_INEXACT = /\d{16}/
const INTEGER = /^-?\d+$/

/**
 * The value of a JSON text, as `JSON.parse` has it, but for integers beyond 2⁵³: those are kept raw, so that
 * `JSON.stringify` writes them digit for digit as they came. A raw number is a leaf, see `isRawNumber`.
 *
 * @throws SyntaxError for what is not JSON
 */
export function parseLossless(text: string): unknown {
  if (!MAY_BE_INEXACT.test(text)) return JSON.parse(text) as unknown
  return JSON.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && isInexact(value, source) ? JSON.rawJSON(source) : value,
  )
}

function isInexact(value: number, source: string | undefined): source is string {
  return !Number.isSafeInteger(value) && source !== undefined && INTEGER.test(source)
}

/** Whether a value of `parseLossless` is an integer that no number can hold. */
export function isRawNumber(value: unknown): boolean {
  return JSON.isRawJSON(value)
}
