/** Where a text stops being JSON. */
export interface JsonFault {
  /** From 1. */
  line: number
  /** From 1, in UTF-16 units. */
  column: number
  /** What stands there, at most a few characters; null at the end of the text. */
  found: string | null
}

const SPACE = /[ \t\n\r]*/y
const SINGLE_ESCAPES = '"\\/bfnrt'
const FOUR_DIGITS = /^[0-9a-fA-F]{4}$/
const OTHER_VALUE = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y
const SHOWN = /[\w.+-]{1,20}|./suy

/** What may come next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'end'

/** The first place at which the text is no JSON; null when it is. In one pass, without recursion. */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'value'
  let at = 0
  for (;;) {
    at = skip(SPACE, text, at) ?? at
    if (at >= text.length) return expected === 'end' ? null : faultAt(text, at)
    const next = step(text, at, expected, open)
    if (next === null) return faultAt(text, at)
    at = next.at
    expected = next.expected
  }
}

/** What one token leads to; null when it may not stand there. */
function step(
  text: string,
  at: number,
  expected: Expected,
  open: ('{' | '[')[],
): { at: number; expected: Expected } | null {
  const sign = text[at]!
  if (closes(sign, expected, open.at(-1))) {
    open.pop()
    return { at: at + 1, expected: afterValue(open) }
  }
  if (expected === ':') return sign === ':' ? { at: at + 1, expected: 'value' } : null
  if (expected === ', or end') {
    return sign === ',' ? { at: at + 1, expected: open.at(-1) === '{' ? 'key' : 'value' } : null
  }
  if (expected === 'key' || expected === 'key or }') {
    const end = endOfString(text, at)
    return end === null ? null : { at: end, expected: ':' }
  }
  if (expected === 'end') return null
  if (sign === '{' || sign === '[') {
    open.push(sign)
    return { at: at + 1, expected: sign === '{' ? 'key or }' : 'value or ]' }
  }
  const end = endOfString(text, at) ?? skip(OTHER_VALUE, text, at)
  return end === null ? null : { at: end, expected: afterValue(open) }
}

function closes(sign: string, expected: Expected, innermost: '{' | '[' | undefined): boolean {
  if (sign === '}') return innermost === '{' && (expected === 'key or }' || expected === ', or end')
  if (sign !== ']') return false
  return innermost === '[' && (expected === 'value or ]' || expected === ', or end')
}

function afterValue(open: readonly string[]): Expected {
  return open.length === 0 ? 'end' : ', or end'
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const FIRST_PRINTED = 0x20

/** Where the string ends that begins here; null without one. Character by character, for an expression would go back over all of it. */
function endOfString(text: string, at: number): number | null {
  if (text.charCodeAt(at) !== QUOTE) return null
  for (let here = at + 1; here < text.length; here++) {
    const code = text.charCodeAt(here)
    if (code === QUOTE) return here + 1
    if (code < FIRST_PRINTED) return null
    if (code !== BACKSLASH) continue
    const length = escapeLength(text, here)
    if (length === 0) return null
    here += length - 1
  }
  return null
}

/** Characters of the escape that begins here; 0 when it is none. */
function escapeLength(text: string, at: number): number {
  const kind = text[at + 1]
  if (kind === undefined) return 0
  if (kind === 'u') return FOUR_DIGITS.test(text.slice(at + 2, at + 6)) ? 6 : 0
  return SINGLE_ESCAPES.includes(kind) ? 2 : 0
}

/** Where the match ends; null without one. */
function skip(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function faultAt(text: string, at: number): JsonFault {
  const before = text.slice(0, at)
  const lineStart = before.lastIndexOf('\n') + 1
  SHOWN.lastIndex = at
  return {
    line: before.split('\n').length,
    column: at - lineStart + 1,
    found: SHOWN.exec(text)?.[0] ?? null,
  }
}
