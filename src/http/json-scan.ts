import { AresError, invalid } from '../errors.ts'

/** Deeper JSON is refused: parsing and checking it could exhaust the stack. */
const MAX_DEPTH = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Looks through JSON text before it is parsed, in one pass: nesting stays within 64 levels, and every number
 * survives parsing (`9007199254740993` and `1e400` would change silently).
 *
 * @throws AresError `invalid`
 */
export function scanJson(text: string): void {
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) i = endOfString(text, i)
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > MAX_DEPTH)
        throw invalid('', `The body is nested deeper than ${MAX_DEPTH} levels.`)
    } else if (code === 0x7d || code === 0x5d) depth--
    else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) i = endOfNumber(text, i)
  }
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

const NUMBER = /[-+.0-9eE]+/y

function endOfNumber(text: string, start: number): number {
  NUMBER.lastIndex = start
  const token = NUMBER.exec(text)?.[0] ?? ''
  // Fifteen digits always fit a double; only longer and exponential ones need a look.
  if (token.length > 15 || /[eE]/.test(token)) checkNumber(token)
  return start + token.length - 1
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
  const digits = token
    .replace(/[eE].*/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+|0+$/g, '')
  return digits.length <= MAX_DIGITS && (value !== 0 || digits === '')
}
