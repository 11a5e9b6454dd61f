import { asObject } from '../../providers/json-shape.ts'
import { saneTokens } from '../../providers/usage.ts'
import type { ChatUsage } from '../form/chat-format.ts'

/**
 * What Anthropic reports that an answer used, in OpenAI's form, where the prompt includes what came from the cache and
 * what went into it.
 *
 * @param reports the usage objects of an answer, later figures replacing earlier ones
 * @returns undefined when a figure is missing or not sane
 */
export function chatUsage(...reports: unknown[]): ChatUsage | undefined {
  const usage = Object.assign({}, ...reports.map(figuresOf)) as Record<string, unknown>
  const fresh = saneTokens(usage['input_tokens'])
  const read = saneTokens(usage['cache_read_input_tokens'] ?? 0)
  const created = saneTokens(usage['cache_creation_input_tokens'] ?? 0)
  const output = saneTokens(usage['output_tokens'])
  if (fresh === null || read === null || created === null || output === null) return undefined
  const prompt = fresh + read + created
  const thinking = saneTokens(asObject(usage['output_tokens_details'])['thinking_tokens'])
  return {
    prompt_tokens: prompt,
    completion_tokens: output,
    total_tokens: prompt + output,
    prompt_tokens_details: { cached_tokens: read },
    ...(thinking !== null && { completion_tokens_details: { reasoning_tokens: thinking } }),
  }
}

/** A figure that is null says nothing, also not about an earlier one. */
function figuresOf(report: unknown): Record<string, unknown> {
  const figures = Object.entries(asObject(report)).filter(([, figure]) => figure !== null)
  return Object.fromEntries(figures)
}
