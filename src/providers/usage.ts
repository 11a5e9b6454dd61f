import type { TokenUsage } from '../form/answer.ts'
import { countPrompt } from './count-prompt.ts'
import type { ModelCall } from './provider.ts'

/** What a provider has reported so far; null for a figure that is missing or not sane. */
export interface ReportedUsage {
  inputTokens: number | null
  outputTokens: number | null
  cachedTokens: number | null
  cacheWriteTokens: number | null
  reasoningTokens: number | null
}

/** What was sent, as far as it has to be counted when the provider does not. */
export type Prompt = ModelCall | { countInput(): Promise<number> }

const LARGEST_SANE_FIGURE = 1_000_000_000

/** The figure if it is an integer from 0 to 10⁹, otherwise null. Source: contract 5.9. */
export function saneTokens(figure: unknown): number | null {
  const sane = typeof figure === 'number' && Number.isInteger(figure)
  return sane && figure >= 0 && figure <= LARGEST_SANE_FIGURE ? figure : null
}

/**
 * What a call used: the provider's figures, and our own count (`estimated`) for each one that it
 * did not report or not sanely.
 *
 * @param countOutput counts all that the model wrote
 */
export async function settleUsage(
  reported: ReportedUsage,
  prompt: Prompt,
  countOutput: () => Promise<number>,
): Promise<TokenUsage> {
  const { inputTokens: input, outputTokens: output } = reported
  const inputTokens =
    input ?? (await ('countInput' in prompt ? prompt.countInput() : countPrompt(prompt)))
  const cachedTokens = Math.min(reported.cachedTokens ?? 0, inputTokens)
  const usage: TokenUsage = {
    inputTokens,
    outputTokens: output ?? (await countOutput()),
    cachedTokens,
    cacheWriteTokens: Math.min(reported.cacheWriteTokens ?? 0, inputTokens - cachedTokens),
    estimated: input === null || output === null,
  }
  if (reported.reasoningTokens !== null) usage.reasoningTokens = reported.reasoningTokens
  return usage
}
