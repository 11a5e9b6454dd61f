import { AresError, invalid } from '../errors.ts'

/** Deeper JSON is refused: parsing and checking it could exhaust the stack. */
const MAX_DEPTH = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const MINUS = 0x2d
const LETTER_E = 0x65

/** More is refused: objects of very many keys take far longer to build than to send, and everybody waits. */
const MAX_VALUES = 50_000

/**
 * Looks through JSON text before it is parsed, in one pass: nesting stays within 64 levels, lists and objects have at
 * most 50,000 items together, and every number survives parsing (`9007199254740993` and `1e400` would change silently).
 *
 * @throws AresError `invalid`
 */
export function scanJson(text: string): void {
  let depth = 0
  let values = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === COMMA) values = counted(values)
    else if (code === 0x7b || code === 0x5b) {
      values = counted(values)
      if (++depth > MAX_DEPTH)
        throw invalid('', `The body is nested deeper than ${MAX_DEPTH} levels.`)
    } else if (code === 0x7d || code === 0x5d) depth--
    else if (code === MINUS || isDigit(code)) i = endOfNumber(text, i)
  }
}

function counted(values: number): number {
  if (values < MAX_VALUES) return values + 1
  throw invalid('', `The body has more than ${MAX_VALUES} items in its lists and objects.`)
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, quote: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(quote - 1 - backslashes) === BACKSLASH) backslashes++
  return backslashes % 2 === 1
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Of digits, signs, dots and exponents, in whatever order; JSON.parse says what is wrong with it. */
function endOfNumber(text: string, start: number): number {
  let end = start
  let exponent = Infinity
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if ((code | 0x20) === LETTER_E) exponent = end
    // `+`, `-` and `.`
    else if (!isDigit(code) && code !== 0x2b && code !== MINUS && code !== 0x2e) break
  }
  // Fifteen digits and an exponent of two always fit a double; only more needs a look.
  if (end - start > 15 || end - exponent > 3) checkNumber(text.slice(start, end))
  return end - 1
}

function checkNumber(token: string): void {
  const value = Number(token)
  if (Number.isNaN(value)) return // JSON.parse says what is wrong with it.
  if (!isKept(token, value)) {
    throw new AresError('invalid', 'The body has a number that cannot be kept exactly.', {
      details: [
        {
          path: '',
          message:
            'integers go up to 9007199254740991, other numbers have up to 17 digits and an exponent up to 308',
        },
      ],
    })
  }
}

/** More digits than these a double cannot hold; it may hold fewer in another spelling, which is the same number. */
const MAX_DIGITS = 17

function isKept(token: string, value: number): boolean {
  if (!Number.isFinite(value)) return false
  if (!/[.eE]/.test(token)) return Number.isSafeInteger(value)
  const digits = significantDigits(token)
  return digits <= MAX_DIGITS && (value !== 0 || digits === 0)
}

/** How many digits a number has from its first to its last that is not zero, without its exponent. */
function significantDigits(token: string): number {
  let [seen, first, last] = [0, 0, 0]
  for (let i = 0; i < token.length; i++) {
    const code = token.charCodeAt(i)
    if ((code | 0x20) === LETTER_E) break
    if (!isDigit(code)) continue
    seen++
    if (code === 0x30) continue
    first ||= seen
    last = seen
  }
  return first === 0 ? 0 : last - first + 1
}
