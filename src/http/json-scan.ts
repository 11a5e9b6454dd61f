import { AresError, invalid } from '../errors.ts'
import { nextTurn } from '../next-turn.ts'
import { type JsonExcess, JsonScan, MAX_JSON_DEPTH, MAX_JSON_ITEMS } from '../json-scan.ts'

const MINUS = 0x2d
const LETTER_E = 0x65

const REFUSALS: Record<JsonExcess, string> = {
  depth: `The body is nested deeper than ${MAX_JSON_DEPTH} levels.`,
  items: `The body has more than ${MAX_JSON_ITEMS} items in its lists and objects.`,
}

/** What the numbers of a body may be. */
export interface AllowedNumbers {
  /** Integers of any length survive, because `parseLossless` keeps them; otherwise those are refused that would not. */
  anyInteger?: boolean
  /** So many numbers in lists do not count among the items of a body: lists of token ids are made of them. */
  freeNumbers?: number
}

/** Characters looked through in one turn. */
const PIECE = 262_144

/**
 * Looks through the JSON text of a request before it is parsed, in one pass and with turns for everybody else: it stays
 * within the limits of `JsonScan`, and every number survives parsing (`9007199254740993` and `1e400` would change
 * silently).
 *
 * @throws AresError `invalid`
 */
export async function scanJson(text: string, allowed: AllowedNumbers = {}): Promise<void> {
  const scan = scanOf(allowed)
  for (let from = 0; from < text.length;) {
    if (from > 0) await nextTurn()
    const end = endOfPiece(text, from + PIECE)
    look(scan, text.slice(from, end))
    from = end
  }
}

/** The same for a short text, at once. */
export function scanShortJson(text: string, allowed: AllowedNumbers): void {
  look(scanOf(allowed), text)
}

function scanOf({ anyInteger = false, freeNumbers = 0 }: AllowedNumbers): JsonScan {
  return new JsonScan({ onNumber: anyInteger ? endOfKeptNumber : endOfNumber, freeNumbers })
}

function look(scan: JsonScan, piece: string): void {
  scan.push(piece)
  if (scan.excess) throw invalid('', REFUSALS[scan.excess])
}

/** Where a piece may end at the earliest without tearing a number apart. */
function endOfPiece(text: string, from: number): number {
  let end = from
  while (end < text.length && isOfNumber(text.charCodeAt(end))) end++
  return Math.min(end, text.length)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Digits, `+`, `-`, `.` and `e`. */
function isOfNumber(code: number): boolean {
  return (
    isDigit(code) || code === 0x2b || code === MINUS || code === 0x2e || (code | 0x20) === LETTER_E
  )
}

/** In characters; reading longer ones takes longer than it is worth to anybody. */
const LONGEST_NUMBER = 4096

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
    if (!isOfNumber(code)) break
    if ((code | 0x20) === LETTER_E) exponent = end
  }
  if (end - start > LONGEST_NUMBER) throw unkept()
  // Fifteen digits and an exponent of two always fit a double; only more needs a look.
  if (end - start > 15 || end - exponent > 3) checkNumber(text.slice(start, end), anyInteger)
  return end
}

function checkNumber(token: string, anyInteger: boolean): void {
  const value = Number(token)
  if (Number.isNaN(value)) return // JSON.parse says what is wrong with it.
  if (anyInteger && /^-?\d+$/.test(token)) return
  if (!isKept(token, value)) throw unkept()
}

function unkept(): AresError {
  return new AresError('invalid', 'The body has a number that cannot be kept exactly.', {
    details: [
      {
        path: '',
        message:
          'integers go up to 9007199254740991, other numbers have up to 17 digits and an exponent up to 308',
      },
    ],
  })
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
