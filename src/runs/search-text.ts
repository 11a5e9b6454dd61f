/** What is kept of a run. */
export interface KeptText {
  /** JSON. */
  input: string | null
  /** JSON. */
  output: string | null
  error: string | null
}

/**
 * Looks for a text in the strings, numbers and field names of input and output, and in the error; whatever the case,
 * and with nothing that stands for anything else.
 */
export function textMatcher(text: string): (kept: KeptText) => boolean {
  const wanted = fold(text)
  const asJson = fold(JSON.stringify(text).slice(1, -1))
  const isIn = (json: string | null) =>
    // The first look is quick and may be wrong: an `n` is also found in `\n`.
    json !== null && fold(json).includes(asJson) && isSaidIn(JSON.parse(json), wanted)
  return ({ input, output, error }) =>
    isIn(input) || isIn(output) || (error !== null && fold(error).includes(wanted))
}

/** Upper case unites more than lower case does: ß with ss, both small sigmas. */
function fold(text: string): string {
  return text.toUpperCase()
}

/** Not recursive: what is stored may be nested deeply. */
function isSaidIn(json: unknown, wanted: string): boolean {
  const left = [json]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) {
      if (fold(String(value)).includes(wanted)) return true
      continue
    }
    for (const [name, inner] of Object.entries(value)) {
      if (!Array.isArray(value)) left.push(name)
      left.push(inner)
    }
  }
  return false
}
