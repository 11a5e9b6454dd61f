import type { FinishReason, TokenUsage } from '../../form/answer.ts'
import { type Part, saidIn, toolCallsIn } from '../../form/parts.ts'
import type { ReplyMeta } from '../providers-side/anthropic-reply-to-chat.ts'
import type { ChatChunk, ChatReply, ChatUsage } from './chat-format.ts'

/** What a model said, whatever the wire format. */
export interface Said {
  parts: readonly Part[]
  finishReason: FinishReason
  usage: TokenUsage
}

/** A whole answer in the one form. */
export function chatReply(meta: ReplyMeta, said: Said): ChatReply {
  const { parts, finishReason, usage } = said
  const text = saidIn(parts.filter(({ type }) => type === 'text'))
  const refusal = saidIn(parts.filter(({ type }) => type === 'refusal')) || null
  const calls = toolCallsIn(parts).map(({ id, name, arguments: args }) => ({
    id,
    type: 'function' as const,
    function: { name, arguments: args },
  }))
  const content = text === '' && (calls.length > 0 || refusal !== null) ? null : text
  const message = { role: 'assistant' as const, content, refusal }
  return {
    ...meta,
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        message: { ...message, ...(calls.length > 0 && { tool_calls: calls }) },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: chatUsageOf(usage),
  }
}

/** What an answer used, as it is recorded. */
export function chatUsageOf({ inputTokens, outputTokens, cachedTokens }: TokenUsage): ChatUsage {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: { cached_tokens: cachedTokens },
  }
}

type Choice = ChatChunk['choices'][number]

/** One event of a stream in the one form. */
export function chatChunk(
  meta: ReplyMeta,
  delta: Choice['delta'],
  finishReason: Choice['finish_reason'] = null,
): ChatChunk {
  const choices = [{ index: 0, delta, finish_reason: finishReason }]
  return { ...meta, object: 'chat.completion.chunk', choices }
}

/** The last event of a stream in the one form. */
export function usageChunk(meta: ReplyMeta, usage: TokenUsage): ChatChunk {
  return { ...meta, object: 'chat.completion.chunk', choices: [], usage: chatUsageOf(usage) }
}

/** What all events and replies of a run say of it. */
export function metaOf({
  body,
  runId,
  created,
}: {
  body: { model: string }
  runId: string
  created: number
}): ReplyMeta {
  return { id: `chatcmpl-${runId}`, created, model: body.model }
}
