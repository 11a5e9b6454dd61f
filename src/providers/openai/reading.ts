import type { FinishReason } from '../../form/answer.ts'
import { asObject, asString, isObject } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { saneTokens } from '../usage.ts'
import { verdictOf } from '../verdict.ts'
import { WireFault } from '../wire-fault.ts'

/* What whole answers and stream events of OpenAI's format have in common, with the habits of those who copy it. */

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  stop: 'stop',
  length: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
}

/** A reason that nobody has heard of is still an end. */
export function readFinishReason(
  choice: Readonly<Record<string, unknown>>,
  transcript: Transcript,
): void {
  const reason = asString(choice['finish_reason'])
  if (reason === '') return
  const known = Object.hasOwn(FINISH_REASONS, reason) ? FINISH_REASONS[reason] : undefined
  transcript.finishReason = known ?? 'stop'
}

/** Usage stands in the reply or event itself; Groq puts that of a stream under `x_groq`. */
export function readUsage(json: Readonly<Record<string, unknown>>, transcript: Transcript): void {
  const usage = json['usage'] ?? asObject(json['x_groq'])['usage']
  if (!isObject(usage)) return
  const input = asObject(usage['prompt_tokens_details'])
  const output = asObject(usage['completion_tokens_details'])
  transcript.report({
    inputTokens: saneTokens(usage['prompt_tokens']),
    outputTokens: saneTokens(usage['completion_tokens']),
    // DeepSeek says it beside the sum.
    cachedTokens: saneTokens(input['cached_tokens'] ?? usage['prompt_cache_hit_tokens']),
    cacheWriteTokens: saneTokens(input['cache_write_tokens']),
    reasoningTokens: saneTokens(output['reasoning_tokens']),
  })
}

/** An `error` under status 200; older vLLM sends the error object bare. @throws WireFault */
export function refuseErrorObject(json: Readonly<Record<string, unknown>>): void {
  const failed = json['error'] !== undefined && json['error'] !== null
  if (failed || json['object'] === 'error') throw new WireFault(verdictOf(json))
}

/** What a message or a delta says: text, refusal, and thoughts, under either of their names. @throws WireFault */
export function readWords(
  message: Readonly<Record<string, unknown>>,
  logprobs: unknown,
  transcript: Transcript,
): void {
  const { reasoning_content, reasoning } = message
  transcript.reasoning(asString(reasoning_content) || asString(reasoning))
  const tokens = asObject(logprobs)['content']
  transcript.text(textOf(message['content']), Array.isArray(tokens) ? tokens : undefined)
  transcript.refusal(asString(message['refusal']))
}

/** Text comes as a string, as null, or as a list of text parts. @throws WireFault */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (content === null || content === undefined) return ''
  if (!Array.isArray(content)) throw new WireFault()
  return content.map((part) => asString(asObject(part)['text'])).join('')
}

/** A tool call, or a piece of one. */
export function callIn(json: Readonly<Record<string, unknown>>) {
  const { name, arguments: args } = asObject(json['function'])
  return {
    id: asString(json['id']),
    name: asString(name),
    // Some send the arguments as an object instead of JSON text.
    arguments: isObject(args) ? JSON.stringify(args) : asString(args),
  }
}
