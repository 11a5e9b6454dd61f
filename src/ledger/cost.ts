import type { ModelConfig } from '../config/config.ts'
import type { TokenUsage } from '../form/answer.ts'

/** The prices of a model, in USD per million tokens. */
export type Prices = Pick<
  ModelConfig,
  'inputUsdPerMtok' | 'outputUsdPerMtok' | 'cachedInputUsdPerMtok' | 'cacheWriteUsdPerMtok'
>

/**
 * What a run cost in millionths of a USD (USD per million tokens × tokens); null where a price is missing. What came
 * from the provider's cache or went into it has prices of its own; without them it costs what other input does.
 */
export function costMicroUsd(prices: Prices, usage: TokenUsage): number | null {
  const { inputUsdPerMtok: input, outputUsdPerMtok: output } = prices
  if (input === null || output === null) return null
  const { cachedTokens, cacheWriteTokens } = usage
  const plain = usage.inputTokens - cachedTokens - cacheWriteTokens
  return Math.round(
    plain * input +
      cachedTokens * (prices.cachedInputUsdPerMtok ?? input) +
      cacheWriteTokens * (prices.cacheWriteUsdPerMtok ?? input) +
      usage.outputTokens * output,
  )
}
