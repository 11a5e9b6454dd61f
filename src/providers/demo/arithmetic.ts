/** Where an expression may begin: not inside a word, a number, a time, a path or an id such as TX-9921. */
const BEGINNING = /(?<![\w.#@/-]|\d:)(?:[-+]?[\d.(]|(?:sqrt|abs|round|floor|ceil)\()/g

const TOKEN =
  /\s*(?:(?<value>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)|(?<open>(?:sqrt|abs|round|floor|ceil)?\()|(?<close>\))|(?<sign>[-+](?=[\d.(]))|(?<operator>\*\*|[-+*/^×÷−]|%(?=\s*[\d(])))/y

const DATE =
  /(?<!\d)(?:\d{4}[-/]\d\d?[-/]\d\d?|\d\d?[-/]\d\d?[-/]\d{4}|(?:19|20)\d\d[-/](?:19|20)?\d\d)(?!\d)/

const CUE =
  /(?:\b(?:what(?:['’]?s| is| are)|how much is|calculate|compute|evaluate|solve|work out|result of|value of)|=)\s*:?\s*$/i
const END_OF_SENTENCE = /^\s*(?:$|[?!,;:=)]|\.(?!\d)|please\b)/i
const GOES_ON = /^(?:\w|\.\d|[-/]\w)/

/** Each place is tried for itself; these keep the work small for a message made of parentheses. */
const MAX_CHARACTERS_READ = 4000
const MAX_TOKENS = 100
const MAX_DEPTH = 10

/**
 * The first arithmetic expression in a message, as the calculator reads it; undefined without one.
 * Looks at the first 4,000 characters.
 *
 * It has at least one operator between two values, or a function: `12.5 * (3 + 4)`, `sqrt(16)`.
 * What has only `-` and `/` may as well be a range, a date or a name like 24/7, so it must be the
 * whole message or be asked for (“What is 10-3?”).
 */
export function findExpression(text: string): string | undefined {
  const message = text.slice(0, MAX_CHARACTERS_READ)
  for (const { index } of message.matchAll(BEGINNING)) {
    const end = endOfExpression(message, index)
    if (end !== undefined && isMeant(message, index, end)) return plain(message.slice(index, end))
  }
  return undefined
}

interface Scan {
  depth: number
  operations: number
  wantsValue: boolean
}

/** The end of the longest complete expression at `start`, or undefined when nothing is calculated there. */
function endOfExpression(message: string, start: number): number | undefined {
  const scan: Scan = { depth: 0, operations: 0, wantsValue: true }
  let end: number | undefined
  TOKEN.lastIndex = start
  for (let i = 0; i < MAX_TOKENS; i++) {
    const token = TOKEN.exec(message)?.groups
    if (!token || !accept(scan, token)) break
    if (!scan.wantsValue && scan.depth === 0 && scan.operations > 0) end = TOKEN.lastIndex
  }
  return end
}

/** Whether the token may stand here; if so, `scan` has moved past it. */
function accept(scan: Scan, token: Record<string, string | undefined>): boolean {
  const { value, open, close, sign } = token
  if (value !== undefined || open !== undefined || (sign !== undefined && scan.wantsValue)) {
    return acceptValue(scan, value, open)
  }
  if (scan.wantsValue) return false
  if (close !== undefined) return --scan.depth >= 0
  scan.operations++
  scan.wantsValue = true
  return true
}

function acceptValue(scan: Scan, value: string | undefined, open: string | undefined): boolean {
  if (!scan.wantsValue) return false
  if (value !== undefined) scan.wantsValue = false
  if (open === undefined) return true
  if (open !== '(') scan.operations++
  return ++scan.depth <= MAX_DEPTH
}

function isMeant(message: string, start: number, end: number): boolean {
  const text = message.slice(start, end)
  const rest = message.slice(end, end + 20)
  if (GOES_ON.test(rest) || DATE.test(text)) return false
  if (/[+*^×÷%(]/.test(text.slice(1)) || text.startsWith('(')) return true
  if (text.startsWith('+')) return false // A telephone number.
  return isWhole(message, text) || (isAskedFor(message, start) && END_OF_SENTENCE.test(rest))
}

function isWhole(message: string, text: string): boolean {
  return /^[\s=?]*$/.test(message.replace(text, ''))
}

function isAskedFor(message: string, start: number): boolean {
  return CUE.test(message.slice(Math.max(0, start - 40), start))
}

/** Without the thousands separators that the calculator does not take. */
function plain(expression: string): string {
  return expression
    .replaceAll(/(\d),(?=\d{3})/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
