import { Parser } from 'expr-eval-fork'
import type { Tool } from './tool.ts'

/** Longest expression read. It bounds the work: of the functions below only `fac` loops, up to 170 times. */
const MAX_EXPRESSION_LENGTH = 1000
/** A JSON string may write one character as six (`\u002b`). */
const MAX_ARGUMENTS_LENGTH = 6 * MAX_EXPRESSION_LENGTH + 100
/** Nested parentheses, far below what the parser's stack can take. */
const MAX_DEPTH = 100
const SIGNIFICANT_DIGITS = 15

const ROUNDING = ['abs', 'ceil', 'floor', 'round', 'trunc', 'sign']
const POWERS = ['sqrt', 'cbrt', 'exp', 'log', 'ln', 'log10', 'log2']
const TRIGONOMETRY = ['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh']
const NAMED_OPERATORS = [...ROUNDING, ...POWERS, ...TRIGONOMETRY]
const FUNCTIONS = ['min', 'max', 'pow', 'hypot', 'atan2', 'roundTo', 'fac']
const CONSTANTS = { PI: Math.PI, pi: Math.PI, E: Math.E, e: Math.E }

const DESCRIPTION = `Evaluates one arithmetic expression and returns the number. \
Operators: + - * / ^ (power) % (remainder, not per cent) ! (factorial), parentheses. \
Functions: ${[...NAMED_OPERATORS, ...FUNCTIONS].join(', ')}; log and ln are natural, angles are radians, roundTo(x, digits). \
Constants: PI, E. Write every * and no thousands separators.`

/** The arithmetic an agent can rely on, since models calculate badly. Reads numbers only: no variables, text or lists. */
export const calculator: Tool = {
  name: 'calculator',
  description: DESCRIPTION,
  parameters: {
    type: 'object',
    properties: {
      expression: { type: 'string', description: 'For example "12.5 * (3 + 4)" or "sqrt(2) / 2".' },
    },
    required: ['expression'],
    additionalProperties: false,
  },
  run: (args) => Promise.resolve(calculate(args)),
}

function calculate(args: string): string {
  try {
    return formatNumber(evaluate(readExpression(args)))
  } catch (error) {
    return `error: ${reasonOf(error)}`
  }
}

/** A mistake in the tool call, in words that help the model to correct it. */
class CalculatorError extends Error {}

function readExpression(args: string): string {
  if (args.length > MAX_ARGUMENTS_LENGTH) throw tooLong()
  const expression = parseArguments(args)
  if (expression.length > MAX_EXPRESSION_LENGTH) throw tooLong()
  const plain = withPlainOperators(expression)
  const stranger = /[^\d\sa-zA-Z+\-*/%^().,!]/u.exec(plain)
  if (stranger)
    throw new CalculatorError(`the expression may not contain ${JSON.stringify(stranger[0])}`)
  if (plain.trim() === '') throw new CalculatorError('the expression is empty')
  if (depthOf(plain) > MAX_DEPTH) {
    throw new CalculatorError(`parentheses may be nested at most ${MAX_DEPTH} deep`)
  }
  return plain
}

function tooLong(): CalculatorError {
  return new CalculatorError(`the expression is longer than ${MAX_EXPRESSION_LENGTH} characters`)
}

function parseArguments(args: string): string {
  const parsed = parseJson(args)
  if (typeof parsed === 'object' && parsed !== null && 'expression' in parsed) {
    if (typeof parsed.expression === 'string') return parsed.expression
  }
  throw new CalculatorError('the arguments must be a JSON object such as {"expression": "6*7"}')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Operators as models also write them: `3 × 4 ÷ 2 − 1`, `2**8`. */
function withPlainOperators(expression: string): string {
  return expression
    .replaceAll(/[×·∙•]/gu, '*')
    .replaceAll('÷', '/')
    .replaceAll('−', '-')
    .replaceAll('**', '^')
}

function depthOf(expression: string): number {
  let depth = 0
  let deepest = 0
  for (const character of expression) {
    if (character === '(') deepest = Math.max(deepest, ++depth)
    if (character === ')') depth--
  }
  return deepest
}

const parser = createParser()

function createParser(): Parser {
  const off = { assignment: false, fndef: false, concatenate: false, in: false, length: false }
  const noBooleans = { comparison: false, logical: false, conditional: false }
  const parser = new Parser({ allowMemberAccess: false, operators: { ...off, ...noBooleans } })
  parser.unaryOps = pick(parser.unaryOps, ['+', '-', '!', ...NAMED_OPERATORS])
  parser.functions = pick(parser.functions, FUNCTIONS)
  parser.consts = pick(CONSTANTS, Object.keys(CONSTANTS))
  return parser
}

/** Only these entries, and no prototype: the library looks names up with `in`, which would find `toString`. */
function pick(table: Record<string, unknown>, names: string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = Object.create(null)
  for (const name of names) picked[name] = table[name]
  return picked
}

function evaluate(expression: string): number {
  const result: unknown = parser.evaluate(expression)
  if (typeof result !== 'number')
    throw new CalculatorError('the expression has no number as its result')
  if (Number.isNaN(result)) throw new CalculatorError('the result is not a real number')
  if (!Number.isFinite(result)) {
    throw new CalculatorError('the result is not finite (a division by zero, or too large)')
  }
  return result
}

/** Without the noise of binary fractions: 0.1 + 0.2 is 0.3. Whole numbers stay exact. */
function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return String(Number(value.toPrecision(SIGNIFICANT_DIGITS)))
}

/** Our own words, or the parser's `parse error [1:4]: …`; anything else is an accident inside the library. */
function reasonOf(error: unknown): string {
  if (error instanceof CalculatorError) return error.message
  if (!(error instanceof Error) || error.name !== 'Error')
    return 'the expression cannot be evaluated'
  if (error.message.includes('allowed function'))
    return 'that is not a function; write * to multiply'
  if (error.message.startsWith('unexpected T')) return 'the expression is incomplete'
  return error.message.slice(0, 200)
}
