import type { AnswerEvent } from '../../form/answer.ts'
import { JsonScan } from '../../json-scan.ts'
import { ProviderError } from '../../providers/provider.ts'
import { sealOf } from './parts.ts'
import { toolUseId } from './reply.ts'

/** One server-sent event of Anthropic's format. */
export function messageEvent(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`
}

/** A content block, as it begins and as its pieces are told. */
interface Block {
  kind: 'text' | 'thinking' | 'redacted_thinking' | 'tool_use'
  start: object
  /** What has arrived before it is opened. */
  waiting: object[]
  /** Follows the input of a tool call, to know when it is whole. */
  input: JsonScan | null
  /** Nothing may follow in it. */
  sealed: boolean
}

/**
 * Writes an answer as content blocks, of which one is open at a time.
 *
 * Other formats do not say when a tool call is whole, and pieces of several may come by turns. A call is closed once its
 * input is a whole JSON object and something else has begun; until then what has begun waits.
 */
export class StreamBlocks {
  readonly #runId: string
  readonly #calls = new Map<number, Block>()
  #open: Block | null = null
  #position = -1
  readonly #waiting: Block[] = []

  constructor(runId: string) {
    this.#runId = runId
  }

  /** The client's events for one of the answer's. */
  push(event: AnswerEvent): string {
    switch (event.type) {
      case 'text':
      case 'refusal':
        return this.#say('text', { type: 'text_delta', text: event.text }, event.text)
      case 'reasoning':
        return this.#say('thinking', { type: 'thinking_delta', thinking: event.text }, event.text)
      case 'signature':
        return this.#seal(event)
      case 'tool_call':
        return this.#call(event)
      default:
        return this.#arguments(event)
    }
  }

  /** The events for all that waits, and the end of the last block. */
  finish(): string {
    const waiting = this.#waiting.splice(0)
    return waiting.map((block) => this.#start(block)).join('') + this.#stop()
  }

  #say(kind: 'text' | 'thinking', delta: object, text: string): string {
    if (text === '') return ''
    const last = this.#last()
    if (last?.kind === kind && !last.sealed) return this.#add(last, delta)
    return this.#begin(kind === 'text' ? textBlock() : thinkingBlock(), delta)
  }

  #seal({ signature, redacted }: Extract<AnswerEvent, { type: 'signature' }>): string {
    const seal = sealOf(signature)
    if (redacted) return this.#begin(redactedBlock(seal))
    const last = this.#last()
    const isThought = last?.kind === 'thinking' && !last.sealed
    const delta = { type: 'signature_delta', signature: seal }
    const block = isThought ? last : thinkingBlock()
    block.sealed = true
    return isThought ? this.#add(block, delta) : this.#begin(block, delta)
  }

  #call({ call, id, name }: Extract<AnswerEvent, { type: 'tool_call' }>): string {
    const block = callBlock(id || toolUseId(this.#runId, call), name)
    this.#calls.set(call, block)
    return this.#begin(block)
  }

  #arguments({ call, text }: Extract<AnswerEvent, { type: 'arguments' }>): string {
    const block = this.#calls.get(call)
    if (!block || text === '') return ''
    block.input!.push(text)
    const events = this.#add(block, { type: 'input_json_delta', partial_json: text }, text)
    return block === this.#open ? events + this.#proceed() : events
  }

  /** The block that the next text would belong to. */
  #last(): Block | null {
    return this.#waiting.at(-1) ?? this.#open
  }

  #begin(block: Block, ...pieces: object[]): string {
    block.waiting.push(...pieces)
    this.#waiting.push(block)
    return this.#proceed()
  }

  #add(block: Block, delta: object, text = ''): string {
    if (block === this.#open) return this.#piece(delta)
    if (this.#waiting.includes(block)) block.waiting.push(delta)
    // Blank space may follow a whole object, nothing else.
    else if (text.trim() !== '') throw brokenCall()
    return ''
  }

  /** Opens what waits as long as the block before it is whole. */
  #proceed(): string {
    let events = ''
    while (this.#waiting.length > 0 && isWhole(this.#open)) {
      events += this.#start(this.#waiting.shift()!)
    }
    return events
  }

  #start(block: Block): string {
    const stop = this.#stop()
    this.#open = block
    this.#position += 1
    const start = { index: this.#position, content_block: block.start }
    const pieces = block.waiting.splice(0).map((delta) => this.#piece(delta))
    return stop + messageEvent('content_block_start', start) + pieces.join('')
  }

  #piece(delta: object): string {
    return messageEvent('content_block_delta', { index: this.#position, delta })
  }

  #stop(): string {
    if (!this.#open) return ''
    this.#open = null
    return messageEvent('content_block_stop', { index: this.#position })
  }
}

function textBlock(): Block {
  return block('text', { type: 'text', text: '' })
}

function thinkingBlock(): Block {
  return block('thinking', { type: 'thinking', thinking: '', signature: '' })
}

function redactedBlock(data: string): Block {
  return { ...block('redacted_thinking', { type: 'redacted_thinking', data }), sealed: true }
}

function callBlock(id: string, name: string): Block {
  const start = { type: 'tool_use', id, name, input: {} }
  return { ...block('tool_use', start), input: new JsonScan() }
}

function block(kind: Block['kind'], start: object): Block {
  return { kind, start, waiting: [], input: null, sealed: false }
}

function isWhole(open: Block | null): boolean {
  return !open?.input || open.input.closed
}

function brokenCall(): ProviderError {
  return new ProviderError('invalid_response', 'The model sent the pieces of a tool call mixed up.')
}
