import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { parseInTurns } from '../../../src/http/json-in-turns.ts'

async function outcomeOf(parse: () => unknown): Promise<string> {
  try {
    return JSON.stringify(await parse())
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError)
    return 'malformed'
  }
}

/** Short names, so that every piece is longer than one. */
const name = fc.constantFrom('a', 'b', '\\u00e9', '__proto__', '', '1')
const text = fc
  .array(fc.constantFrom('x', 'é', '漢', '😀', ',', ':', '[', '}', '1'), { maxLength: 40 })
  .map((parts) => parts.join(''))
const escapes = fc
  .array(fc.constantFrom('\\"', '\\\\', '\\n', '\\u00e9', '\\ud83d\\ude00', 'z'), {
    maxLength: 20,
  })
  .map((parts) => parts.join(''))
const blank = fc.constantFrom('', '', '', ' ', '\n\t ', ' '.repeat(30))
const leaf = fc.oneof(
  text.map((value) => JSON.stringify(value)),
  escapes.map((value) => `"${value}"`),
  fc.constantFrom('0', '-1.5e3', 'null', 'true'),
)

/** JSON as people and machines write it: with blanks, escapes and repeated names. */
const { json } = fc.letrec<{ json: string; list: string; object: string }>((tie) => ({
  list: fc
    .tuple(fc.array(fc.tuple(blank, tie('json'), blank), { maxLength: 5 }), blank)
    .map(([members, inner]) => `[${members.map((parts) => parts.join('')).join(',') || inner}]`),
  object: fc
    .tuple(fc.array(fc.tuple(blank, name, blank, tie('json'), blank), { maxLength: 5 }), blank)
    .map(
      ([members, inner]) =>
        `{${members.map(([a, key, b, value, c]) => `${a}"${key}"${b}:${value}${c}`).join(',') || inner}}`,
    ),
  json: fc.oneof({ maxDepth: 6 }, leaf, tie('list'), tie('object')),
}))

/** One character taken away, or put in. */
const mistake = fc.tuple(
  fc.nat({ max: 400 }),
  fc.constantFrom('', ',', ':', '[', ']', '{', '}', '"', '\\', '1', 'u', '\u00a0', ' '),
)
function withMistake(good: string, [place, put]: [number, string]): string {
  const at = place % (good.length + 1)
  return put === ''
    ? good.slice(0, at) + good.slice(at + 1)
    : good.slice(0, at) + put + good.slice(at)
}

const piece = fc.constantFrom(12, 13, 17, 24, 60)

test('in turns, a text means what it means at once', async () => {
  await fc.assert(
    fc.asyncProperty(json, blank, piece, async (inner, around, size) => {
      const whole = around + inner + around
      const parsed = await parseInTurns(whole, JSON.parse, size)
      expect(parsed).toEqual(JSON.parse(whole))
      expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(whole)))
    }),
    { numRuns: 2000 },
  )
})

test('in turns, a text is malformed where it is at once', async () => {
  await fc.assert(
    fc.asyncProperty(json, mistake, piece, async (good, wrong, size) => {
      const bad = withMistake(good, wrong)
      const atOnce = await outcomeOf(() => JSON.parse(bad) as unknown)
      const inTurns = await outcomeOf(() => parseInTurns(bad, JSON.parse, size))
      // A mistake may make a name longer than a piece, which is refused.
      if (inTurns !== 'malformed') expect(atOnce).toEqual(inTurns)
      else if (atOnce !== 'malformed') expect(bad).toMatch(new RegExp(`"[^"]{${size - 8},}`))
    }),
    { numRuns: 2000 },
  )
})

test.each([
  ['one long string', `"${'\\"'.repeat(2_000_000)}"`],
  ['a list of strings', `[${'"x\\u00e9y",'.repeat(300_000)}1]`],
  [
    'a long member deep down',
    `${'[1,{"a":'.repeat(30)}"${'x'.repeat(1_000_000)}"${'}]'.repeat(30)}`,
  ],
])('others have their turn while %s is parsed', async (_what, long) => {
  let turns = 0
  let isDone = false
  const count = () => {
    turns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const parsed = await parseInTurns(long, JSON.parse)
  isDone = true
  expect(parsed).toEqual(JSON.parse(long))
  expect(turns).toBeGreaterThanOrEqual(Math.floor(long.length / 262_144))
})

test('no call parses more than two pieces', async () => {
  const lengths: number[] = []
  const parse = (part: string) => {
    lengths.push(part.length)
    return JSON.parse(part) as unknown
  }
  const nested = `${`[${'"abc",'.repeat(60)}`.repeat(40)}1${']'.repeat(40)}`
  expect(await parseInTurns(nested, parse, 100)).toEqual(JSON.parse(nested))
  expect(Math.max(...lengths)).toBeLessThan(210)
})
