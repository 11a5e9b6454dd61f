import { asArray, asObject, asString, isObject, parseReply } from '../../providers/json-shape.ts'
import type { ReplyMeta } from './anthropic-reply-to-chat.ts'
import type { ChatChunk, ChatFinishReason, ToolCallDelta } from '../form/chat-format.ts'
import { chatChunk } from '../form/chat-reply.ts'

type Fields = Readonly<Record<string, unknown>>

const FINISH_REASONS: Record<string, ChatFinishReason> = {
  stop: 'stop',
  length: 'length',
  model_length: 'length',
  content_filter: 'content_filter',
  tool_calls: 'tool_calls',
  function_call: 'tool_calls',
}

/** Brings the events of OpenAI-compatible streams, with the habits of those who copy the format, into the one form. */
export class OpenAiStreamToChat {
  readonly #meta: ReplyMeta
  #calls = 0

  constructor(meta: ReplyMeta) {
    this.#meta = meta
  }

  /** @param data of an event that the provider's adapter has read without complaint */
  push(data: string): ChatChunk[] {
    const choice = asArray(asObject(data === '[DONE]' ? null : parseReply(data))['choices'])[0]
    if (!isObject(choice)) return []
    const { content, refusal, tool_calls } = asObject(choice['delta'])
    const calls = asArray(tool_calls).map((call) => this.#call(asObject(call)))
    const delta = {
      role: 'assistant' as const,
      content: textOf(content),
      ...(typeof refusal === 'string' && { refusal }),
      ...(calls.length > 0 && { tool_calls: calls }),
    }
    const reason = asString(choice['finish_reason'])
    const finish = reason === '' ? null : (FINISH_REASONS[reason] ?? 'stop')
    const chunk = chatChunk(this.#meta, delta, finish)
    const { logprobs } = choice
    if (isObject(logprobs)) chunk.choices[0]!.logprobs = logprobs
    return [chunk]
  }

  /** Without an index, an id begins a new call and anything else continues the last one. */
  #call({ index: given, id, function: called }: Fields): ToolCallDelta {
    const begins = typeof id === 'string' && id !== ''
    const index =
      typeof given === 'number' ? given : begins ? this.#calls : Math.max(0, this.#calls - 1)
    const isNew = index >= this.#calls
    this.#calls = Math.max(this.#calls, index + 1)
    const { name, arguments: args } = asObject(called)
    return {
      index,
      ...(begins && { id }),
      ...(isNew && { type: 'function' as const }),
      function: {
        // Some servers repeat the name with every fragment.
        ...(isNew && { name: asString(name) }),
        arguments: isObject(args) ? JSON.stringify(args) : asString(args),
      },
    }
  }
}

/** Text comes as a string, as null, or as a list of text parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return asArray(content)
    .map((part) => asString(asObject(part)['text']))
    .join('')
}
