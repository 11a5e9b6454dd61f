import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import type { AnswerEvent } from '../../form/answer.ts'
import type { Ending, RenderContext, SurfaceStream } from '../form/surface.ts'
import {
  CallWriter,
  EventWriter,
  type ItemWriter,
  MessageWriter,
  ThoughtWriter,
} from './item-writers.ts'
import { brokeOff, ItemMaker, settle } from './items.ts'
import { groupedNames } from './namespaces.ts'
import { encryptedOf } from './reasoning.ts'
import { type Progress, responseObject } from './reply.ts'
import type { OutputItem } from './reply-schema.ts'
import type { ResponsesBody } from './responses-schema.ts'

type EventOf<T extends AnswerEvent['type']> = Extract<AnswerEvent, { type: T }>

/**
 * A response as it is written, in the events of OpenAI's Responses API. There is no `[DONE]`: `response.completed`,
 * `response.incomplete` or `response.failed` is the last event.
 *
 * A message or a thought is closed when something else begins. Calls stay open until the end, for a provider may write
 * several of them by turns.
 */
export class ResponseStream implements SurfaceStream {
  readonly #context: RenderContext<ResponsesBody>
  readonly #items: ItemMaker
  readonly #events = new EventWriter()
  readonly #output: OutputItem[] = []
  /** The message or thought that is being written. */
  #open: MessageWriter | ThoughtWriter | undefined
  readonly #calls = new Map<number, CallWriter>()

  constructor(context: RenderContext<ResponsesBody>) {
    this.#context = context
    this.#items = new ItemMaker(context.runId, groupedNames(context.body.tools))
  }

  push(events: readonly AnswerEvent[]): string {
    return this.#begin() + events.map((event) => this.#write(event)).join('')
  }

  /** Everything is said once more: each item by itself, then all of them. */
  end({ finishReason, usage }: Ending): Pieces<string> {
    let opening = this.#begin()
    if (!this.#output.some(({ type }) => type !== 'reasoning')) opening += this.#message().opening
    settle(this.#output, finishReason)
    const type = brokeOff(finishReason) ? 'response.incomplete' : 'response.completed'
    return [
      ...(opening === '' ? [] : [() => opening]),
      ...this.#unclosed().map((writer) => () => writer.close()),
      () => this.#lifeCycle(type, { finish: finishReason, usage }),
    ]
  }

  /** As OpenAI's API does: the error, and the response as far as it came. */
  fail({ code: ours, message, verdict }: AresError, requestId: string): string {
    const word = ours === 'rate_limited' ? 'rate_limit_exceeded' : 'server_error'
    const code = verdict?.code ?? word
    const begin = this.#begin()
    for (const { item } of this.#unclosed()) item.status = 'incomplete'
    const error = { code, message, param: verdict?.param ?? null, request_id: requestId }
    return (
      begin +
      this.#events.write('error', error) +
      this.#lifeCycle('response.failed', { finish: null, error: { code, message } })
    )
  }

  #begin(): string {
    if (this.#events.started || this.#context.begun) return ''
    const running = { finish: null }
    return (
      this.#lifeCycle('response.created', running) +
      this.#lifeCycle('response.in_progress', running)
    )
  }

  #lifeCycle(type: string, state: Omit<Progress, 'output'>): string {
    const progress = { output: this.#output, ...state }
    return this.#events.write(type, { response: responseObject(this.#context, progress) })
  }

  #write(event: AnswerEvent): string {
    switch (event.type) {
      case 'text': {
        const { opening, writer } = this.#message()
        return opening + writer.text(event.text, event.logprobs ?? [])
      }
      case 'refusal': {
        const { opening, writer } = this.#message()
        return opening + writer.refusal(event.text)
      }
      case 'reasoning': {
        const { opening, writer } = this.#thought()
        return opening + writer.text(event.text)
      }
      case 'signature':
        return this.#seal(event)
      case 'tool_call':
        return this.#call(event)
      default:
        return this.#calls.get(event.call)?.arguments(event.text) ?? ''
    }
  }

  #message(): { opening: string; writer: MessageWriter } {
    if (this.#open instanceof MessageWriter) return { opening: '', writer: this.#open }
    const closing = this.#close()
    const index = this.#output.length
    const writer = new MessageWriter(this.#events, this.#items.message(index), index)
    this.#open = writer
    this.#output.push(writer.item)
    return { opening: closing + writer.open(), writer }
  }

  #thought(): { opening: string; writer: ThoughtWriter } {
    if (this.#open instanceof ThoughtWriter) return { opening: '', writer: this.#open }
    const closing = this.#close()
    const index = this.#output.length
    const writer = new ThoughtWriter(this.#events, this.#items.reasoning(index), index)
    this.#open = writer
    this.#output.push(writer.item)
    return { opening: closing + writer.open(), writer }
  }

  /** A sealed thought is whole. */
  #seal({ signature, redacted }: EventOf<'signature'>): string {
    const before = redacted ? this.#close() : ''
    const { opening, writer } = this.#thought()
    writer.item.encrypted_content = encryptedOf(signature)
    return before + opening + this.#close()
  }

  #call(event: EventOf<'tool_call'>): string {
    const closing = this.#close()
    const index = this.#output.length
    const writer = new CallWriter(this.#events, this.#items.call(index, event), index)
    this.#output.push(writer.item)
    this.#calls.set(event.call, writer)
    return closing + writer.open()
  }

  #close(): string {
    const open = this.#open
    if (!open) return ''
    this.#open = undefined
    open.item.status = 'completed'
    return open.close()
  }

  #unclosed(): ItemWriter[] {
    const writers: ItemWriter[] = [...this.#calls.values()]
    if (this.#open) writers.push(this.#open)
    return writers
  }
}
