import type {
  CustomCallItem,
  FunctionCallItem,
  MessageItem,
  OutputItem,
  ReasoningItem,
  RefusalPart,
  TextPart,
} from './reply-schema.ts'

/** Writes events of OpenAI's Responses API: numbered from 0, each with its name before its data. */
export class EventWriter {
  #sequence = 0

  get started(): boolean {
    return this.#sequence > 0
  }

  write(type: string, fields: object): string {
    const data = { type, sequence_number: this.#sequence++, ...fields }
    return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
  }
}

/** Writes one item of a response; its status is set before it is closed. */
export interface ItemWriter {
  readonly item: OutputItem
  open(): string
  close(): string
}

/** Writes a message, part after part: text and refusal by turns, as they come. */
export class MessageWriter implements ItemWriter {
  constructor(
    readonly events: EventWriter,
    readonly item: MessageItem,
    readonly outputIndex: number,
  ) {}

  open(): string {
    return this.events.write('response.output_item.added', this.#itemFields())
  }

  text(delta: string, logprobs: readonly unknown[]): string {
    const { part, opening } = this.#partOf('output_text', emptyText)
    part.text += delta
    for (const each of logprobs) part.logprobs.push(each)
    const fields = { ...this.#place(), delta, logprobs }
    return opening + this.events.write('response.output_text.delta', fields)
  }

  refusal(delta: string): string {
    const { part, opening } = this.#partOf('refusal', emptyRefusal)
    part.refusal += delta
    return opening + this.events.write('response.refusal.delta', { ...this.#place(), delta })
  }

  /** A message without a word is an empty text. */
  close(): string {
    const opening = this.item.content.length === 0 ? this.#openPart(emptyText()) : ''
    const closing = this.#closePart()
    return opening + closing + this.events.write('response.output_item.done', this.#itemFields())
  }

  /** The part being written when it is of that type; otherwise it is closed and a new one begins. */
  #partOf<P extends Part>(type: P['type'], empty: () => P): { part: P; opening: string } {
    const last = this.item.content.at(-1)
    if (last?.type === type) return { part: last as P, opening: '' }
    const part = empty()
    return { part, opening: this.#closePart() + this.#openPart(part) }
  }

  #openPart(part: Part): string {
    this.item.content.push(part)
    return this.events.write('response.content_part.added', { ...this.#place(), part })
  }

  #closePart(): string {
    const part = this.item.content.at(-1)
    if (!part) return ''
    const place = this.#place()
    const done =
      part.type === 'refusal'
        ? this.events.write('response.refusal.done', { ...place, refusal: part.refusal })
        : this.events.write('response.output_text.done', {
            ...place,
            text: part.text,
            logprobs: part.logprobs,
          })
    return done + this.events.write('response.content_part.done', { ...place, part })
  }

  #place(): object {
    const content_index = this.item.content.length - 1
    return { item_id: this.item.id, output_index: this.outputIndex, content_index }
  }

  #itemFields(): object {
    return { output_index: this.outputIndex, item: this.item }
  }
}

type Part = TextPart | RefusalPart

function emptyText(): TextPart {
  return { type: 'output_text', text: '', annotations: [], logprobs: [] }
}

function emptyRefusal(): RefusalPart {
  return { type: 'refusal', refusal: '' }
}

/** Writes a call: of a function, or of a tool that takes free text. */
export class CallWriter implements ItemWriter {
  constructor(
    readonly events: EventWriter,
    readonly item: FunctionCallItem | CustomCallItem,
    readonly outputIndex: number,
  ) {}

  open(): string {
    const fields = { output_index: this.outputIndex, item: this.item }
    return this.events.write('response.output_item.added', fields)
  }

  arguments(delta: string): string {
    const { item } = this
    const fields = { item_id: item.id, output_index: this.outputIndex, delta }
    if (item.type === 'custom_tool_call') {
      item.input += delta
      return this.events.write('response.custom_tool_call_input.delta', fields)
    }
    item.arguments += delta
    return this.events.write('response.function_call_arguments.delta', fields)
  }

  close(): string {
    const { item, outputIndex: output_index } = this
    return this.#whole() + this.events.write('response.output_item.done', { output_index, item })
  }

  #whole(): string {
    const { item, outputIndex: output_index } = this
    const { id: item_id, name } = item
    if (item.type === 'custom_tool_call') {
      const fields = { item_id, output_index, input: item.input }
      return this.events.write('response.custom_tool_call_input.done', fields)
    }
    const fields = { item_id, output_index, name, arguments: item.arguments }
    return this.events.write('response.function_call_arguments.done', fields)
  }
}

/** Writes what a model thinks, as the one part of a summary. */
export class ThoughtWriter implements ItemWriter {
  constructor(
    readonly events: EventWriter,
    readonly item: ReasoningItem,
    readonly outputIndex: number,
  ) {}

  open(): string {
    const fields = { output_index: this.outputIndex, item: this.item }
    return this.events.write('response.output_item.added', fields)
  }

  text(delta: string): string {
    const { part, opening } = this.#part()
    part.text += delta
    const fields = { ...this.#place(), delta }
    return opening + this.events.write('response.reasoning_summary_text.delta', fields)
  }

  close(): string {
    const [part] = this.item.summary
    const done = part ? this.#closePart(part) : ''
    const fields = { output_index: this.outputIndex, item: this.item }
    return done + this.events.write('response.output_item.done', fields)
  }

  #part(): { part: ThoughtPart; opening: string } {
    const [known] = this.item.summary
    if (known) return { part: known, opening: '' }
    const part: ThoughtPart = { type: 'summary_text', text: '' }
    this.item.summary.push(part)
    const fields = { ...this.#place(), part }
    return { part, opening: this.events.write('response.reasoning_summary_part.added', fields) }
  }

  #closePart(part: ThoughtPart): string {
    const place = this.#place()
    const { text } = part
    return (
      this.events.write('response.reasoning_summary_text.done', { ...place, text }) +
      this.events.write('response.reasoning_summary_part.done', { ...place, part })
    )
  }

  #place(): object {
    return { item_id: this.item.id, output_index: this.outputIndex, summary_index: 0 }
  }
}

type ThoughtPart = ReasoningItem['summary'][number]
