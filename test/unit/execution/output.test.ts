import { describe, expect, test } from 'bun:test'
import { toOutput } from '../../../src/execution/output.ts'
import { cpuMsOf } from '../../cpu-time.ts'

const OBJECT = '{"risk_score": 0.73, "risk_level": "medium"}'
const PARSED = { risk_score: 0.73, risk_level: 'medium' }

describe('the JSON object of an answer is the output', () => {
  const cases: [what: string, text: string][] = [
    ['bare', OBJECT],
    ['bare with space around', `\n  ${OBJECT}\n`],
    ['with a byte order mark', `\uFEFF${OBJECT}`],
    ['in a json fence', `\`\`\`json\n${OBJECT}\n\`\`\``],
    ['in a JSON fence with Windows lines', `\`\`\`JSON\r\n${OBJECT}\r\n\`\`\`\r\n`],
    ['in a plain fence', `\n\`\`\`\n${OBJECT}\n\`\`\`\n`],
    ['in a fence on one line', `\`\`\`json ${OBJECT}\`\`\``],
    ['in a fence with prose around', `Here it is:\n\`\`\`json\n${OBJECT}\n\`\`\`\nAnything else?`],
  ]
  test.each(cases)('%s', (_, text) => {
    expect(toOutput(text)).toEqual(PARSED)
  })

  test('fences inside its strings do not end the block', () => {
    const value = { code: '```js\n1\n```' }
    expect(toOutput(JSON.stringify(value))).toEqual(value)
    expect(toOutput(`\`\`\`json\n${JSON.stringify(value)}\n\`\`\``)).toEqual(value)
  })

  test('an empty object is one', () => {
    expect(toOutput('{}')).toEqual({})
  })
})

describe('anything else is a message, word for word', () => {
  const cases: [what: string, text: string][] = [
    ['plain text', 'Q1 revenue rose.\n'],
    ['nothing', ''],
    ['a list', '[1, 2]'],
    ['a list in a fence', '```json\n[1]\n```'],
    ['a number', '42'],
    ['a string', '"{}"'],
    ['null', 'null'],
    ['broken JSON', '{"a": 1,}'],
    ['a cut answer', '{"risk_score": 0.7'],
    ['prose around a bare object', `The answer is ${OBJECT}.`],
    ['two objects', `${OBJECT}\n${OBJECT}`],
    ['two fenced blocks', `\`\`\`json\n${OBJECT}\n\`\`\`\nor\n\`\`\`json\n${OBJECT}\n\`\`\``],
    ['a fence in another language', `\`\`\`js\n${OBJECT}\n\`\`\``],
    ['an open fence', `\`\`\`json\n${OBJECT}`],
    ['fences alone', '``````'],
  ]
  test.each(cases)('%s', (_, text) => {
    expect(toOutput(text)).toEqual({ message: text })
  })
})

test('__proto__ is a key like any other', () => {
  const output = toOutput('{"__proto__": {"admin": true}, "constructor": 1}')
  expect(Object.keys(output)).toEqual(['__proto__', 'constructor'])
  expect(Object.getPrototypeOf(output)).toBe(Object.prototype)
  expect('admin' in output).toBe(false)
})

describe('hostile JSON', () => {
  test('64 levels are kept, 65 are a message', () => {
    expect(toOutput(nested(64))).toHaveProperty('a')
    expect(toOutput(nested(65))).toEqual({ message: nested(65) })
    const list = `{"a":${'['.repeat(64)}${']'.repeat(64)}}`
    expect(toOutput(list)).toEqual({ message: list })
  })

  test.each([
    ['deep', nested(1_000_000)],
    ['wide', `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":[]`).join(',')}}`],
    ['many fences', '```json\n{'.repeat(100_000)],
    ['much space', `\`\`\`json${' '.repeat(1_000_000)}x\`\`\``],
  ])('%s is read without crash or stall', async (_, text) => {
    let output: unknown
    const tookMs = await cpuMsOf(() => (output = toOutput(text)))
    expect(output).toBeObject()
    expect(tookMs).toBeLessThan(2000)
  })
})

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
}
