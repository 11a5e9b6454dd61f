import { expect, test } from 'bun:test'
import * as fc from 'fast-check'
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Tokenizer } from '../../../src/providers/tokenizer.ts'

const expected = (text: string) => countTokens(text, { disallowedSpecial: new Set() })

test('counts prose and code as gpt-tokenizer does', async () => {
  const tokenizer = await Tokenizer.load()
  const files = ['docs/SECURITY.md', 'src/door/front-door.ts', 'bun.lock']
  for (const file of files) {
    const text = readFileSync(join(import.meta.dir, '../../..', file), 'utf8')
    expect(await tokenizer.count(text)).toBe(expected(text))
  }
})

/** What the encoding tells apart, and what has no token of its own. */
const BLANKS_AND_SIGNS = [' ', '  ', '\n', '\r\n', '/', '!', '<|endoftext|>', "'s", "'LL"]
const NUMBERS = ['1', '2345', 'Ⅷ', '½']
const WORDS = ['word', 'ABC', 'é', 'ß', 'İ', 'ǅ', 'ʰ', 'א', '漢字']
const ODD = ['👋🏽', '\u0301', '\ud800', '\0', '\u2028']

test('counts anything else as gpt-tokenizer does', async () => {
  const tokenizer = await Tokenizer.load()
  const told = [...BLANKS_AND_SIGNS, ...NUMBERS, ...WORDS, ...ODD]
  const pieces = fc.oneof(fc.constantFrom(...told), fc.string({ unit: 'binary' }))
  await fc.assert(
    fc.asyncProperty(fc.array(pieces, { maxLength: 30 }), async (texts) => {
      const text = texts.join('')
      expect(await tokenizer.count(text)).toBe(expected(text))
    }),
    { numRuns: 2000 },
  )
})

test('a piece that is very long is estimated', async () => {
  const tokenizer = await Tokenizer.load()
  expect(await tokenizer.count('a'.repeat(100_000))).toBe(25_000)
})

test('others get their turn while it loads', async () => {
  let turns = 0
  let loading = true
  const turn = () => {
    turns++
    if (loading) setImmediate(turn)
  }
  setImmediate(turn)
  await Tokenizer.load()
  loading = false
  expect(turns).toBeGreaterThan(10)
})

test('nothing is kept of what was counted', async () => {
  const tokenizer = await Tokenizer.load()
  const rest = ` ${'a'.repeat(100_000)}`
  const countSome = async (from: number, to: number) => {
    for (let index = from; index < to; index++) await tokenizer.count(`${unheardOf(index)}${rest}`)
    Bun.gc(true)
  }
  await countSome(0, 100)
  const beforeBytes = process.memoryUsage.rss()
  for (let from = 100; from < 2000; from += 100) await countSome(from, from + 100)
  // All the texts are 190 MB. Not the heap's own figures: those do not know whose text a part of it keeps.
  expect(process.memoryUsage.rss() - beforeBytes).toBeLessThan(80_000_000)
}, 60_000)

test('others get their turn while a long text is counted', async () => {
  const tokenizer = await Tokenizer.load()
  let turns = 0
  let counting = true
  const turn = () => {
    turns++
    if (counting) setImmediate(turn)
  }
  setImmediate(turn)
  await Promise.all(
    Array.from({ length: 4 }, () => tokenizer.count('words of a text '.repeat(5000))),
  )
  counting = false
  // 320,000 characters, at most 16,384 and a piece in a turn.
  expect(turns).toBeGreaterThan(12)
})

/** A word that no other index has, and no vocabulary. */
function unheardOf(index: number): string {
  return `unheard${String(index).replaceAll(/\d/g, (digit) => 'abcdefghij'[Number(digit)]!)}of`
}
