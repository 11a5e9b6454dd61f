import { JsonScan } from '../../json-scan.ts'
import { MAX_TOOL_CALLS } from '../../providers/transcript.ts'
import { ProviderError } from '../../providers/provider.ts'
import type { ToolCallDelta } from '../form/chat-format.ts'
import { toolUseId } from './messages-reply.ts'

interface Block {
  /** The place of a tool call among its answer's calls; null for text. */
  call: number | null
  id: string
  name: string
  /** What has arrived of its text, or of its input as JSON text, before it is opened. */
  content: string
  /** Follows the input of a tool call, to know when it is whole. */
  input: JsonScan
}

/** One server-sent event of Anthropic's format. */
export function messageEvent(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

/**
 * Writes text and tool calls as content blocks, of which one is open at a time.
 *
 * OpenAI's format does not say when a tool call is whole, and fragments of several may come interleaved. A call is closed
 * once its input is a whole JSON object and something else has begun; until then what has begun waits.
 */
export class MessageStreamBlocks {
  readonly #runId: string
  readonly #known = new Map<number, Block>()
  #calls = 0
  #open: Block | null = null
  #position = -1
  #waiting: Block[] = []

  constructor(runId: string) {
    this.#runId = runId
  }

  /** The events for a fragment of text. */
  text(text: string): string {
    if (text === '') return ''
    const last = this.#waiting.at(-1) ?? this.#open
    return last?.call === null ? this.#add(last, text) : this.#begin(null, '', '', text)
  }

  /** The events for a fragment of a tool call. */
  call({ index, id, function: called }: ToolCallDelta): string {
    const content = called?.arguments ?? ''
    const known = this.#known.get(index)
    // Some servers give every call the same place; a new id is a new call.
    if (known && (!id || id === known.id)) return this.#add(known, content)
    const ownId = id || toolUseId(this.#runId, this.#calls)
    return this.#begin(index, ownId, called?.name ?? '', content)
  }

  /** The events for all that waits, and the end of the last block. */
  finish(): string {
    const waiting = this.#waiting.splice(0)
    return waiting.map((block) => this.#start(block)).join('') + this.#stop()
  }

  #begin(call: number | null, id: string, name: string, content: string): string {
    const block = { call, id, name, content, input: new JsonScan() }
    block.input.push(content)
    if (call !== null) this.#know(call, block)
    this.#waiting.push(block)
    return this.#proceed()
  }

  #know(call: number, block: Block): void {
    if (++this.#calls > MAX_TOOL_CALLS) throw tooManyCalls()
    this.#known.set(call, block)
  }

  #add(block: Block, content: string): string {
    if (content === '') return ''
    const isOpen = block === this.#open
    const isWaiting = !isOpen && this.#waiting.includes(block)
    if (isWaiting) block.content += content
    // Blank space may follow a whole object, nothing else.
    else if (!isOpen && content.trim() !== '') throw brokenCall()
    block.input.push(content)
    return isOpen ? this.#piece(block, content) + this.#proceed() : ''
  }

  /** Opens what waits as long as the block before it is whole. */
  #proceed(): string {
    const [next] = this.#waiting
    if (!next || !isWhole(this.#open)) return ''
    this.#waiting.shift()
    return this.#start(next) + this.#proceed()
  }

  #start(block: Block): string {
    const stop = this.#stop()
    this.#open = block
    this.#position += 1
    const { id, name } = block
    const content_block =
      block.call === null ? { type: 'text', text: '' } : { type: 'tool_use', id, name, input: {} }
    const start = messageEvent('content_block_start', { index: this.#position, content_block })
    return stop + start + (block.content === '' ? '' : this.#piece(block, block.content))
  }

  #piece({ call }: Block, content: string): string {
    const delta =
      call === null
        ? { type: 'text_delta', text: content }
        : { type: 'input_json_delta', partial_json: content }
    return messageEvent('content_block_delta', { index: this.#position, delta })
  }

  #stop(): string {
    if (!this.#open) return ''
    this.#open = null
    return messageEvent('content_block_stop', { index: this.#position })
  }
}

function isWhole(block: Block | null): boolean {
  if (block === null || block.call === null) return true
  return block.input.closed
}

function tooManyCalls(): ProviderError {
  const message = `The model asked for more than ${MAX_TOOL_CALLS} tools in one answer.`
  return new ProviderError('invalid_response', message)
}

function brokenCall(): ProviderError {
  return new ProviderError('invalid_response', 'The model sent the pieces of a tool call mixed up.')
}
