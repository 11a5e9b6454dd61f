import { asArray, asObject, asString } from '../../providers/json-shape.ts'
import { chatFinishReason } from './anthropic-finish.ts'
import { chatUsage } from './anthropic-usage.ts'
import type { ChatReply, ChatToolCall } from '../form/chat-format.ts'

/** What an answer in OpenAI's form says that Anthropic's does not. */
export interface ReplyMeta {
  id: string
  /** Seconds since 1970. */
  created: number
  /** The id that the client asked for. */
  model: string
}

/**
 * A message of Anthropic's API as a chat completion. Thinking is left out: chat completions have no place for it.
 *
 * @param reply the JSON of an answer that the provider's adapter has read without complaint
 */
export function anthropicReplyToChat(reply: unknown, { id, created, model }: ReplyMeta): ChatReply {
  const { content, stop_reason, usage } = asObject(reply)
  const blocks = asArray(content).map(asObject)
  const texts = blocks.filter(({ type }) => type === 'text')
  const calls = blocks.filter(({ type }) => type === 'tool_use').map(toolCall)
  const used = chatUsage(usage)
  return {
    id,
    object: 'chat.completion',
    created,
    model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: texts.length === 0 ? null : texts.map(({ text }) => asString(text)).join(''),
          refusal: null,
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: chatFinishReason(stop_reason),
      },
    ],
    ...(used && { usage: used }),
  }
}

function toolCall({ id, name, input }: Readonly<Record<string, unknown>>): ChatToolCall {
  const called = { name: asString(name), arguments: JSON.stringify(input ?? {}) }
  return { id: asString(id), type: 'function', function: called }
}
