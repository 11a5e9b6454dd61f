import type { Answer, AnswerPart, FinishReason, TokenUsage } from '../../form/answer.ts'
import type { RenderContext } from '../form/surface.ts'
import type { MessagesBody } from './messages-schema.ts'
import { sealOf } from './parts.ts'
import { inputOf } from '../form/tool-input.ts'

export type StopReason = 'end_turn' | 'max_tokens' | 'tool_use' | 'refusal' | 'stop_sequence'

const STOP_REASONS: Record<FinishReason, StopReason> = {
  stop: 'end_turn',
  length: 'max_tokens',
  content_filter: 'refusal',
  tool_calls: 'tool_use',
}

/** An answer as a message in Anthropic's format. */
export function messagesReply(
  answer: Answer,
  { body, runId }: RenderContext<MessagesBody>,
): object {
  let calls = 0
  const content = answer.parts.flatMap((part) => blocksOf(part, () => toolUseId(runId, calls++)))
  return {
    ...messageHead(runId, body.model),
    content,
    ...stopFields(
      answer,
      answer.parts.some(({ type }) => type === 'refusal'),
    ),
    usage: messageUsage(answer.usage),
  }
}

function blocksOf(part: AnswerPart, nextId: () => string): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'reasoning':
      return [
        part.redacted
          ? { type: 'redacted_thinking', data: sealOf(part.signature) }
          : { type: 'thinking', thinking: part.text, signature: sealOf(part.signature) },
      ]
    default: {
      const ownId = nextId()
      const { id, name, arguments: text } = part
      return [{ type: 'tool_use', id: id || ownId, name, input: inputOf(text) }]
    }
  }
}

/** The fields that are known before an answer begins. */
export function messageHead(runId: string, model: string): object {
  return { id: `msg_${runId.replaceAll('-', '')}`, type: 'message', role: 'assistant', model }
}

/** An id for a tool call whose model gave it none. */
export function toolUseId(runId: string, index: number): string {
  return `toolu_${runId.replaceAll('-', '')}_${index}`
}

/** Why an answer ended. */
export function stopFields(
  { finishReason, stopSequence }: Pick<Answer, 'finishReason' | 'stopSequence'>,
  refused: boolean,
): { stop_reason: StopReason; stop_sequence: string | null } {
  const reason = STOP_REASONS[finishReason]
  if (reason !== 'end_turn') return { stop_reason: reason, stop_sequence: null }
  if (stopSequence !== undefined)
    return { stop_reason: 'stop_sequence', stop_sequence: stopSequence }
  return { stop_reason: refused ? 'refusal' : reason, stop_sequence: null }
}

/** What an answer used. Here, what came from the cache or went into it is not part of `input_tokens`. */
export function messageUsage(usage: TokenUsage): object {
  const { inputTokens, outputTokens, cachedTokens, cacheWriteTokens } = usage
  return {
    input_tokens: Math.max(0, inputTokens - cachedTokens - cacheWriteTokens),
    cache_creation_input_tokens: cacheWriteTokens,
    cache_read_input_tokens: cachedTokens,
    output_tokens: outputTokens,
  }
}
