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

test.each(cases)(
  'at %p and %p USD a million, %i and %i tokens cost %p',
  (input, output, inputTokens, outputTokens, microUsd) => {
    const model = {
      id: 'm',
      upstreamId: 'm',
      contextLength: 1,
      supportsTools: false,
      inputUsdPerMtok: input,
      outputUsdPerMtok: output,
    }
    const usage = {
      inputTokens,
      outputTokens,
      cachedTokens: 0,
      cacheWriteTokens: 0,
      estimated: false,
    }
    expect(costMicroUsd(model, usage)).toBe(microUsd)
  },
)
