import { asObject, asString, isObject, parseReply } from '../../providers/json-shape.ts'
import { ProviderError } from '../../providers/provider.ts'
import { chatFinishReason } from './anthropic-finish.ts'
import type { ReplyMeta } from './anthropic-reply-to-chat.ts'
import { chatUsage } from './anthropic-usage.ts'
import type { ChatChunk, ChatFinishReason, ToolCallDelta } from '../form/chat-format.ts'

type Fields = Readonly<Record<string, unknown>>
type Delta = ChatChunk['choices'][number]['delta']

interface OpenCall {
  index: number
  hasInput: boolean
}

/**
 * Turns the events of Anthropic's streams into those of chat completions: the role, text and tool calls as they arrive, the
 * finish reason, and last what was used, if the provider has said it. Thinking is left out.
 */
export class AnthropicStreamToChat {
  readonly #meta: ReplyMeta
  /** By the position of their blocks; OpenAI counts tool calls alone. */
  readonly #calls = new Map<unknown, OpenCall>()
  #startUsage: unknown
  #endUsage: unknown

  constructor(meta: ReplyMeta) {
    this.#meta = meta
  }

  /**
   * The chunks for one event.
   *
   * @param data what stands after `data:` in the event
   * @throws ProviderError for an error event, and for data that is not JSON
   */
  push(data: string): ChatChunk[] {
    const event = parseReply(data)
    if (!isObject(event)) throw unreadable()
    switch (event['type']) {
      case 'message_start':
        // Its output figure is only a beginning; the true one comes with message_delta.
        this.#startUsage = { ...asObject(asObject(event['message'])['usage']), output_tokens: null }
        return [this.#chunk({ role: 'assistant', content: '' })]
      case 'content_block_start':
        return this.#startBlock(event['index'], asObject(event['content_block']))
      case 'content_block_delta':
        return this.#pieces(event['index'], asObject(event['delta']))
      case 'content_block_stop':
        return this.#stopBlock(event['index'])
      case 'message_delta':
        return this.#finish(event)
      case 'message_stop':
        return this.#usage()
      case 'error':
        throw brokenOff()
      default:
        // Pings, and kinds that are yet to be invented.
        return []
    }
  }

  #startBlock(position: unknown, block: Fields): ChatChunk[] {
    if (block['type'] === 'text') return this.#text(block['text'])
    if (block['type'] !== 'tool_use') return []
    const { id, name, input } = block
    // The input begins empty and follows as fragments of JSON, as a rule.
    const given = isObject(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : ''
    const call = { index: this.#calls.size, hasInput: given !== '' }
    this.#calls.set(position, call)
    const opening: ToolCallDelta = { index: call.index, id: asString(id), type: 'function' }
    return [this.#call({ ...opening, function: { name: asString(name), arguments: given } })]
  }

  #pieces(position: unknown, delta: Fields): ChatChunk[] {
    if (delta['type'] === 'text_delta') return this.#text(delta['text'])
    const call = this.#calls.get(position)
    const json = asString(delta['partial_json'])
    if (delta['type'] !== 'input_json_delta' || !call || json === '') return []
    call.hasInput = true
    return [this.#call({ index: call.index, function: { arguments: json } })]
  }

  #stopBlock(position: unknown): ChatChunk[] {
    const call = this.#calls.get(position)
    // A tool without parameters gets no fragments at all; OpenAI's clients parse what they got.
    if (!call || call.hasInput) return []
    return [this.#call({ index: call.index, function: { arguments: '{}' } })]
  }

  #finish(event: Fields): ChatChunk[] {
    this.#endUsage = event['usage']
    const { stop_reason: reason } = asObject(event['delta'])
    if (reason === null || reason === undefined) return []
    return [this.#chunk({}, chatFinishReason(reason))]
  }

  #usage(): ChatChunk[] {
    const usage = chatUsage(this.#startUsage, this.#endUsage)
    return usage ? [{ ...this.#head(), choices: [], usage }] : []
  }

  #text(text: unknown): ChatChunk[] {
    const content = asString(text)
    return content === '' ? [] : [this.#chunk({ content })]
  }

  #call(fragment: ToolCallDelta): ChatChunk {
    return this.#chunk({ tool_calls: [fragment] })
  }

  #chunk(delta: Delta, finish_reason: ChatFinishReason | null = null): ChatChunk {
    return { ...this.#head(), choices: [{ index: 0, delta, finish_reason }] }
  }

  #head(): Omit<ChatChunk, 'choices'> {
    const { id, created, model } = this.#meta
    return { id, object: 'chat.completion.chunk', created, model }
  }
}

function unreadable(): ProviderError {
  return new ProviderError('invalid_response', 'The provider sent an answer that cannot be read.')
}

function brokenOff(): ProviderError {
  return new ProviderError('rejected', 'The provider broke off with an error.')
}
