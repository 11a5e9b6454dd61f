import type { FinishReason } from '../../form/answer.ts'
import { asObject, asString, isObject } from '../json-shape.ts'
import type { Transcript } from '../transcript.ts'
import { saneTokens } from '../usage.ts'
import { verdictOf } from '../verdict.ts'
import { type Verdict, WireFault } from '../wire-fault.ts'

/* What whole answers and stream events of Anthropic's format have in common. */

type Fields = Readonly<Record<string, unknown>>

/** Whose seals these are. */
export const FAMILY = 'anthropic'

const FINISH_REASONS: Readonly<Record<string, FinishReason>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
}

/** A reason that nobody has heard of is still an end. */
export function readStopReason(json: Fields, transcript: Transcript): void {
  const reason = asString(json['stop_reason'])
  if (reason === '') return
  const known = Object.hasOwn(FINISH_REASONS, reason) ? FINISH_REASONS[reason] : undefined
  transcript.finishReason = known ?? 'stop'
  transcript.stopSequence = asString(json['stop_sequence']) || null
}

/** Cached tokens are reported beside `input_tokens`, not within. */
export function readInputUsage(json: unknown, transcript: Transcript): void {
  const usage = asObject(json)
  const fresh = saneTokens(usage['input_tokens'])
  const read = saneTokens(usage['cache_read_input_tokens'] ?? 0)
  const written = saneTokens(usage['cache_creation_input_tokens'] ?? 0)
  if (fresh === null || read === null || written === null) return
  const inputTokens = saneTokens(fresh + read + written)
  transcript.report({ inputTokens, cachedTokens: read, cacheWriteTokens: written })
}

export function readOutputUsage(json: unknown, transcript: Transcript): void {
  const usage = asObject(json)
  const details = asObject(usage['output_tokens_details'])
  transcript.report({
    outputTokens: saneTokens(usage['output_tokens']),
    reasoningTokens: saneTokens(details['thinking_tokens']),
  })
}

/** A prompt that is too long has no code here; coding agents of the other family wait for one to shorten it. */
export function readError(json: unknown): Verdict {
  const verdict = verdictOf(json)
  const isTooLong = /\bprompt is too long\b|\bexceed context limit\b/i.test(verdict.message)
  return isTooLong ? { ...verdict, code: 'context_length_exceeded' } : verdict
}

/** An error event, or an error object in place of a message. @throws WireFault */
export function refuseErrorObject(json: Fields): void {
  if (json['type'] === 'error' || isObject(json['error'])) throw new WireFault(readError(json))
}

/** An answer that ends by itself and holds neither text nor a call says nothing. @throws WireFault */
export function refuseEmpty(transcript: Transcript): void {
  const { finishReason, stopSequence, parts } = transcript
  const endsByItself = finishReason === 'stop' || finishReason === 'tool_calls'
  if (!endsByItself || stopSequence !== null) return
  const says = parts.some(
    (part) => part.type === 'tool_call' || (part.type === 'text' && part.text),
  )
  if (!says) throw new WireFault()
}

/** A whole block of a plain reply, or the beginning of one in a stream; kinds that are not known are only counted. */
export function readBlock(block: Fields, index: number, transcript: Transcript): void {
  transcript.generated.add(block)
  switch (block['type']) {
    case 'text':
      return transcript.text(asString(block['text']))
    case 'thinking':
      transcript.reasoning(asString(block['thinking']))
      return readSignature(block['signature'], transcript)
    case 'redacted_thinking':
      return transcript.seal({ family: FAMILY, data: asString(block['data']) }, true)
    case 'tool_use':
      return transcript.call({
        index,
        id: asString(block['id']),
        name: asString(block['name']),
        arguments: inputIn(block),
      })
  }
}

/** A thought of which nothing but its seal is told is kept too. */
export function readSignature(signature: unknown, transcript: Transcript): void {
  if (typeof signature === 'string' && signature !== '') {
    transcript.seal({ family: FAMILY, data: signature })
  }
}

/** In a stream the input begins empty and follows as pieces of JSON text. */
function inputIn({ input }: Fields): string {
  return isObject(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : ''
}
