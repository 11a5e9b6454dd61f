import { describe, expect, test } from 'bun:test'
import { calculator } from '../../../src/tools/calculator.ts'
import { cpuMsOf } from '../../cpu-time.ts'

const calculate = (expression: string) => calculator.run(JSON.stringify({ expression }))

describe('an expression gives its number', () => {
  const cases: [expression: string, result: string][] = [
    ['6*7', '42'],
    ['12.5 * (3 + 4)', '87.5'],
    ['0.1+0.2', '0.3'],
    ['4.35*100', '435'],
    ['1/3', '0.333333333333333'],
    ['-2^2', '-4'],
    ['2**8', '256'],
    ['3 × 4 ÷ 2 − 1', '5'],
    ['17 % 5', '2'],
    ['sqrt(16) + hypot(3, 4)', '9'],
    ['max(1, 2, 3) - min(4, 5)', '-1'],
    ['roundTo(1.005, 2)', '1.01'],
    ['2 * pi', '6.28318530717959'],
    ['0 * -1', '0'],
    ['2^53', '9007199254740992'],
    ['20!', '2432902008176640000'],
    ['fac(170)', '7.257415615308004e+306'],
  ]
  test.each(cases)('%s', async (expression, result) => {
    expect(await calculate(expression)).toBe(result)
  })
})

describe('what is not a number is an error in words', () => {
  const cases: [expression: string, reason: string][] = [
    ['1/0', 'not finite'],
    ['9^9^9^9', 'not finite'],
    ['fac(1e9)', 'not finite'],
    ['1e999', 'not finite'],
    ['min()', 'not finite'],
    ['0/0', 'not a real number'],
    ['sqrt(-1)', 'not a real number'],
    ['sin', 'no number'],
    ['', 'empty'],
    ['  ', 'empty'],
    ['2 +', 'incomplete'],
    ['(1', 'parse error'],
    ['5%', 'incomplete'],
    ['2(3)', 'write * to multiply'],
    ['x + 1', 'undefined variable: x'],
  ]
  test.each(cases)('%s', async (expression, reason) => {
    const result = await calculate(expression)
    expect(result).toStartWith('error: ')
    expect(result).toContain(reason)
  })
})

describe('what could do more than arithmetic is refused', () => {
  const cases = [
    'x=1',
    'f(x)=x',
    'process.exit()',
    'constructor',
    'constructor(1)',
    '__proto__',
    'toString(5)',
    'valueOf',
    'hasOwnProperty(1)',
    'random()',
    'length(5)',
    'gamma(3)',
    '"a"',
    "'a' || 'b'",
    '[1,2]',
    'map(sin, 1)',
    'if(1,2,3)',
    '1 == 1',
    'true',
    '1;2',
    '1 ? 2 : 3',
  ]
  test.each(cases)('%s', async (expression) => {
    expect(await calculate(expression)).toStartWith('error: ')
  })
})

describe('work is bounded', () => {
  const cases: [what: string, expression: string][] = [
    ['10,000 parentheses', '('.repeat(10_000) + '1' + ')'.repeat(10_000)],
    ['400 parentheses', '('.repeat(400) + '1' + ')'.repeat(400)],
    ['a long number', '9'.repeat(5_000_000)],
    ['a long sum', '1+'.repeat(100_000) + '1'],
  ]
  test.each(cases)('%s is refused at once', async (_, expression) => {
    let result = ''
    const tookMs = await cpuMsOf(async () => (result = await calculate(expression)))
    expect(result).toStartWith('error: ')
    expect(tookMs).toBeLessThan(200)
  })

  const longest: [expression: string, result: string][] = [
    ['-'.repeat(998) + '1', '1'],
    [`1${'!'.repeat(999)}`, '1'],
    [`${'1+'.repeat(499)}1`, '500'],
    [`${'('.repeat(100)}1${')'.repeat(100)}`, '1'],
  ]
  test.each(longest)('the longest chains are no danger', async (expression, result) => {
    expect(await calculate(expression)).toBe(result)
  })
})

describe('broken arguments are an error that shows the right form', () => {
  const cases = [
    '',
    '6*7',
    'null',
    '[]',
    '{}',
    '"6*7"',
    '{"expression":42}',
    '{"expression":"1"',
    '{"__proto__":{"expression":"1+1"}}',
  ]
  test.each(cases)('%j', async (args) => {
    expect(await calculator.run(args)).toBe(
      'error: the arguments must be a JSON object such as {"expression": "6*7"}',
    )
  })

  test('a megabyte of brackets is not parsed', async () => {
    expect(await calculator.run('['.repeat(1_000_000))).toStartWith('error: ')
  })

  test('a further argument does no harm', async () => {
    expect(await calculator.run('{"expression":"6*7","precision":2}')).toBe('42')
  })
})
