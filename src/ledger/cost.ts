import type { ModelConfig } from '../config/config.ts'
import type { TokenUsage } from '../form/answer.ts'

/** What a run cost in millionths of a USD (USD per million tokens × tokens); null where a price is missing. */
export function costMicroUsd(model: ModelConfig, usage: TokenUsage): number | null {
  const { inputUsdPerMtok, outputUsdPerMtok } = model
  if (inputUsdPerMtok === null || outputUsdPerMtok === null) return null
  return Math.round(usage.inputTokens * inputUsdPerMtok + usage.outputTokens * outputUsdPerMtok)
}
