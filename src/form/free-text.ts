/** How the arguments of a function begin that stands for a tool of free text. */
const BEGINNING = /^\s*\{\s*"input"\s*:\s*"/
/** Characters of a JSON string that are whole, escapes included. */
const WHOLE = /(?:[^"\\]|\\(?:u[\da-fA-F]{4}|[^u]))*/y
const HIGH_SURROGATE = /[\uD800-\uDBFF]$/

/** Reads the free text out of arguments such as `{"input": "…"}` while they arrive. */
export class FreeText {
  /** What has arrived and is not told yet. */
  #raw = ''
  #begun = false

  /** The text that those arguments add. */
  add(piece: string): string {
    this.#raw += piece
    if (!this.#begun) {
      const beginning = BEGINNING.exec(this.#raw)
      if (!beginning) return ''
      this.#begun = true
      this.#raw = this.#raw.slice(beginning[0].length)
    }
    return this.#takeWhole()
  }

  /** What is left at the end: arguments of another shape are free text as they are. */
  end(): string {
    return this.#begun ? '' : freeTextIn(this.#raw)
  }

  #takeWhole(): string {
    WHOLE.lastIndex = 0
    const whole = WHOLE.exec(this.#raw)?.[0] ?? ''
    const text = JSON.parse(`"${escapedControls(whole)}"`) as string
    // The other half of the character is still to come, perhaps as an escape.
    if (HIGH_SURROGATE.test(text)) return ''
    this.#raw = this.#raw.slice(whole.length)
    return text
  }
}

/** The free text in whole arguments. */
export function freeTextIn(args: string): string {
  try {
    const value: unknown = JSON.parse(args)
    const [text, ...others] = Object.values(Object(value) as Record<string, unknown>)
    return typeof text === 'string' && others.length === 0 ? text : args
  } catch {
    return args
  }
}

/** Some models write line ends as they are. */
function escapedControls(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1))
}
