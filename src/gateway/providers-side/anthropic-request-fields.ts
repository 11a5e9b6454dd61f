import { isObject } from '../../providers/json-shape.ts'
import type { Refusals } from '../anthropic-refusals.ts'
import type { ChatBody } from '../form/chat-format.ts'

/*
 * Fields of chat completions and what becomes of them on the way to Anthropic's API:
 *
 *   translated       model, messages, max_tokens, max_completion_tokens, temperature (to 1), top_p, stop, stream, tools,
 *                    tool_choice, parallel_tool_calls, response_format (text, json_schema)
 *   left out         stream_options, user, metadata, safety_identifier, prompt_cache_key, prompt_cache_retention:
 *                    they do not change the answer
 *   only if neutral  those of NEUTRAL
 *   refused          everything else that is not null: seed, logit_bias, audio, prediction, functions …
 */

const HANDLED = new Set([
  'model',
  'messages',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'stop',
  'stream',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'stream_options',
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
])

/** The values that ask for what happens anyway. */
const NEUTRAL: Record<string, readonly unknown[]> = {
  n: [1],
  logprobs: [false],
  top_logprobs: [0],
  presence_penalty: [0],
  frequency_penalty: [0],
  store: [false],
  service_tier: ['auto', 'default'],
  reasoning_effort: ['none'],
  verbosity: ['medium'],
}

/** Refuses every field that would change the answer and cannot be said in Anthropic's format. */
export function refuseChatFields(body: ChatBody, refusals: Refusals): void {
  const others = Object.entries(body).filter(([field, value]) => !isNeutral(field, value))
  refusals.refuseUnknown(Object.fromEntries(others), HANDLED, '')
  if ((body.temperature ?? 0) > 1) {
    refusals.refuse('/temperature', 'expected 0 to 1 for the model asked for')
  }
}

function isNeutral(field: string, value: unknown): boolean {
  if (field === 'modalities') return Array.isArray(value) && value.every((mode) => mode === 'text')
  if (field === 'logit_bias') return isObject(value) && Object.keys(value).length === 0
  return Object.hasOwn(NEUTRAL, field) && NEUTRAL[field]?.includes(value) === true
}
