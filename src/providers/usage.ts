import { countTokens } from './count-tokens.ts'
import type { CompletionRequest, Message, TokenUsage } from './provider.ts'

/** What a provider has reported so far; null for a figure that is missing or not sane. */
export interface ReportedUsage {
  inputTokens: number | null
  outputTokens: number | null
  cachedTokens: number | null
}

/** What was sent, as far as it has to be counted when the provider does not. */
export type Prompt = CompletionRequest | { countInput(): Promise<number> }

const LARGEST_SANE_FIGURE = 1_000_000_000

/** Tokens around the text of each message: its role and its borders. */
const TOKENS_PER_MESSAGE = 4

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
  const inputTokens = input ?? (await countPrompt(prompt))
  return {
    inputTokens,
    outputTokens: output ?? (await countOutput()),
    cachedTokens: Math.min(reported.cachedTokens ?? 0, inputTokens),
    estimated: input === null || output === null,
  }
}

/** The tokens of everything sent: messages, tool calls, and the tools on offer. */
async function countPrompt(prompt: Prompt): Promise<number> {
  if ('countInput' in prompt) return prompt.countInput()
  const { messages, tools } = prompt
  const texts = messages.flatMap(messageTexts)
  if (tools && tools.length > 0) texts.push(JSON.stringify(tools))
  return (await countTokens(texts.join('\n'))) + TOKENS_PER_MESSAGE * messages.length
}

function messageTexts(message: Message): string[] {
  if (message.role !== 'assistant' || !message.toolCalls) return [message.content]
  return [message.content, ...message.toolCalls.flatMap((call) => [call.name, call.arguments])]
}
