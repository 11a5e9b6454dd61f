import type { Answer, AnswerPart, TokenUsage } from '../../form/answer.ts'
import { type ReasoningPart, saidIn, type ToolCallPart, toolCallsIn } from '../../form/parts.ts'
import type { RenderContext } from '../form/surface.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'
import { type ReasoningDetail, reasoningDetail } from './reasoning.ts'

type Context = RenderContext<ChatCompletionRequest>

/** A whole answer as a chat completion. */
export function chatReply(answer: Answer, context: Context): object {
  return {
    ...chatHead(context, 'chat.completion'),
    // Clients read the fingerprint of a model's version; of words that are put together here there is none.
    system_fingerprint: null,
    choices: [
      {
        index: 0,
        message: messageOf(answer.parts, context.runId),
        logprobs: logprobsOf(answer.parts),
        finish_reason: answer.finishReason,
      },
    ],
    usage: chatUsage(answer.usage),
  }
}

/** What all events and replies of a run say of it. */
export function chatHead<T extends string>({ body, runId, created }: Context, object: T) {
  return { id: `chatcmpl-${runId}`, object, created, model: body.model }
}

function messageOf(parts: readonly AnswerPart[], runId: string): object {
  const text = saidIn(parts.filter(({ type }) => type === 'text'))
  const refusal = saidIn(parts.filter(({ type }) => type === 'refusal'))
  const calls = toolCallsIn(parts).map((call, index) => callOf(call, callId(call.id, runId, index)))
  const isSilent = text === '' && (calls.length > 0 || refusal !== '')
  return {
    role: 'assistant',
    content: isSilent ? null : text,
    refusal: refusal === '' ? null : refusal,
    ...(calls.length > 0 && { tool_calls: calls }),
    ...thoughtsOf(parts.filter((part) => part.type === 'reasoning')),
  }
}

function thoughtsOf(thoughts: readonly ReasoningPart[]): object {
  const text = thoughts.map((thought) => thought.text).join('\n\n')
  const sealed = thoughts.some(({ signature }) => signature !== undefined)
  const details: ReasoningDetail[] = sealed ? thoughts.map(reasoningDetail) : []
  return {
    ...(text !== '' && { reasoning_content: text }),
    ...(details.length > 0 && { reasoning_details: details }),
  }
}

function callOf({ name, arguments: text, custom }: ToolCallPart, id: string): object {
  return custom
    ? { id, type: 'custom', custom: { name, input: text } }
    : { id, type: 'function', function: { name, arguments: text } }
}

/** The call's own id, or one by which the client can answer it. */
export function callId(id: string, runId: string, index: number): string {
  return id || `call_${runId.replaceAll('-', '')}_${index}`
}

function logprobsOf(parts: readonly AnswerPart[]): object | null {
  const content = parts.flatMap((part) => (part.type === 'text' ? (part.logprobs ?? []) : []))
  return content.length === 0 ? null : { content, refusal: null }
}

/** What an answer used, as it is recorded. */
export function chatUsage(usage: TokenUsage): object {
  const { inputTokens, outputTokens, cachedTokens, cacheWriteTokens, reasoningTokens } = usage
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    prompt_tokens_details: {
      cached_tokens: cachedTokens,
      ...(cacheWriteTokens > 0 && { cache_write_tokens: cacheWriteTokens }),
    },
    ...(reasoningTokens !== undefined && {
      completion_tokens_details: { reasoning_tokens: reasoningTokens },
    }),
  }
}
