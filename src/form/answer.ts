import type {
  Part,
  ReasoningPart,
  RefusalPart,
  Signature,
  TextPart,
  ToolCallPart,
} from './parts.ts'

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls'

/** Tokens of one provider call. `estimated` when the provider did not report a sane figure and we counted. */
export interface TokenUsage {
  /** Of all that was sent, from the cache and into it included. */
  inputTokens: number
  /** Of all that was generated, thoughts included. */
  outputTokens: number
  /** Part of `inputTokens` that the provider served from its prompt cache. */
  cachedTokens: number
  /** Part of `inputTokens` that the provider wrote into its prompt cache. */
  cacheWriteTokens: number
  /** Part of `outputTokens` that was thought; absent where the provider does not say. */
  reasoningTokens?: number
  estimated: boolean
}

/** Of a call that has used nothing. */
export const NO_USAGE: Readonly<TokenUsage> = {
  inputTokens: 0,
  outputTokens: 0,
  cachedTokens: 0,
  cacheWriteTokens: 0,
  estimated: false,
}

/** A part that a model may write. */
export type AnswerPart = Extract<Part, TextPart | RefusalPart | ReasoningPart | ToolCallPart>

/** One whole answer of a model. */
export interface Answer {
  /** In the order in which they were begun. */
  parts: AnswerPart[]
  finishReason: FinishReason
  /** The stop sequence that ended it, where the provider says so. */
  stopSequence?: string
  usage: TokenUsage
}

/**
 * A piece of an answer while it arrives.
 *
 * A call is begun once, with its id and name, before any of its arguments; pieces of several calls may come by turns.
 * Calls are numbered from 0 in the order in which they begin.
 */
export type AnswerEvent =
  | { type: 'text'; text: string; logprobs?: readonly unknown[] }
  | { type: 'refusal'; text: string }
  | { type: 'reasoning'; text: string }
  /** Seals the thought that is being written, or is all that is told of one where `redacted`. */
  | { type: 'signature'; signature: Signature; redacted?: true }
  | {
      type: 'tool_call'
      call: number
      id: string
      name: string
      custom?: true
      signature?: Signature
    }
  | { type: 'arguments'; call: number; text: string }

/** What those events say: text and refusals. */
export function saidBy(events: readonly AnswerEvent[]): string {
  return events
    .map((event) => (event.type === 'text' || event.type === 'refusal' ? event.text : ''))
    .join('')
}
