import { expect, test } from 'bun:test'
import { costMicroUsd } from '../../../src/ledger/cost.ts'

const cases: [
  input: number | null,
  output: number | null,
  inputTokens: number,
  outputTokens: number,
  microUsd: number | null,
][] = [
  [2, 10, 1000, 100, 3000],
  [2, 10, 0, 0, 0],
  [0.59, 0.79, 1_000_000, 1_000_000, 1_380_000],
  [0.59, 0.79, 1, 0, 1],
  [0.1, 0, 4, 0, 0],
  [0, 0, 1e9, 1e9, 0],
  [null, 10, 1, 1, null],
  [2, null, 1, 1, null],
  [null, null, 1, 1, null],
]

const NO_CACHE = { cachedInputUsdPerMtok: null, cacheWriteUsdPerMtok: null }

test.each(cases)(
  'at %p and %p USD a million, %i and %i tokens cost %p',
  (input, output, inputTokens, outputTokens, microUsd) => {
    const prices = { inputUsdPerMtok: input, outputUsdPerMtok: output, ...NO_CACHE }
    const usage = { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: 0 }
    expect(costMicroUsd(prices, { ...usage, estimated: false })).toBe(microUsd)
  },
)

test.each([
  ['cached', { cachedInputUsdPerMtok: 0.2 }, 500 * 2 + 400 * 0.2 + 100 * 2],
  ['written', { cacheWriteUsdPerMtok: 2.5 }, 500 * 2 + 400 * 2 + 100 * 2.5],
  [
    'cached and written',
    { cachedInputUsdPerMtok: 0.2, cacheWriteUsdPerMtok: 2.5 },
    500 * 2 + 400 * 0.2 + 100 * 2.5,
  ],
  ['cached for nothing', { cachedInputUsdPerMtok: 0 }, 500 * 2 + 100 * 2],
  ['neither', {}, 1000 * 2],
])('input that was %s has a price of its own', (_, cachePrices, input) => {
  const prices = { inputUsdPerMtok: 2, outputUsdPerMtok: 10, ...NO_CACHE, ...cachePrices }
  const usage = { inputTokens: 1000, outputTokens: 10, cachedTokens: 400, cacheWriteTokens: 100 }
  expect(costMicroUsd(prices, { ...usage, estimated: false })).toBe(Math.round(input + 100))
})
