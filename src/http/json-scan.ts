import { AresError, invalid } from '../errors.ts'
import { type JsonExcess, JsonScan, MAX_JSON_DEPTH, MAX_JSON_ITEMS } from '../json-scan.ts'

const MINUS = 0x2d
const LETTER_E = 0x65

const REFUSALS: Record<JsonExcess, string> = {
  depth: `The body is nested deeper than ${MAX_JSON_DEPTH} levels.`,
  items: `The body has more than ${MAX_JSON_ITEMS} items in its lists and objects.`,
}

/**
 * Looks through the JSON text of a request before it is parsed, in one pass: it stays within the limits of `JsonScan`,
 * and every number survives parsing (`9007199254740993` and `1e400` would change silently).
 *
 * @param anyInteger whether integers of any length survive, because `parseLossless` keeps them
 * @throws AresError `invalid`
 */
export function scanJson(text: string, anyInteger = false): void {
  const scan = new JsonScan({ onNumber: anyInteger ? endOfKeptNumber : endOfNumber })
  scan.push(text)
  if (scan.excess) throw invalid('', REFUSALS[scan.excess])
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function endOfNumber(text: string, start: number): number {
  return endOf(text, start, false)
}

function endOfKeptNumber(text: string, start: number): number {
  return endOf(text, start, true)
}

/** Of digits, signs, dots and exponents, in whatever order; JSON.parse says what is wrong with it. */
function endOf(text: string, start: number, anyInteger: boolean): number {
  let end = start
  let exponent = Infinity
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if ((code | 0x20) === LETTER_E) exponent = end
    // `+`, `-` and `.`
    else if (!isDigit(code) && code !== 0x2b && code !== MINUS && code !== 0x2e) break
  }
  // Fifteen digits and an exponent of two always fit a double; only more needs a look.
  if (end - start > 15 || end - exponent > 3) checkNumber(text.slice(start, end), anyInteger)
  return end
}

function checkNumber(token: string, anyInteger: boolean): void {
  const value = Number(token)
  if (Number.isNaN(value)) return // JSON.parse says what is wrong with it.
  if (anyInteger && /^-?\d+$/.test(token)) return
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
