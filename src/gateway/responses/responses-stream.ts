import type { AresError } from '../../errors.ts'
import type { ChatChunk, ChatFinishReason, ChatUsage, ToolCallDelta } from '../form/chat-format.ts'
import type { RenderContext, StreamRenderer } from '../form/dialect.ts'
import {
  CallWriter,
  EventWriter,
  type ItemWriter,
  MessageWriter,
} from './responses-item-writers.ts'
import {
  brokeOff,
  functionCallItem,
  messageItem,
  settle,
  textLogprobs,
} from './responses-output.ts'
import type { OutputItem } from './responses-reply-schema.ts'
import { type Progress, responseObject } from './responses-reply.ts'
import type { ResponsesBody } from './responses-schema.ts'

/**
 * A response as it is written, in the events of OpenAI's Responses API. There is no `[DONE]`: `response.completed`,
 * `response.incomplete` or `response.failed` is the last event.
 *
 * A message is closed when a call begins, and text after a call begins another message. Calls stay open until the end,
 * for a provider may write several of them by turns.
 */
export class ResponseStream implements StreamRenderer {
  readonly #context: RenderContext<ResponsesBody>
  readonly #events = new EventWriter()
  readonly #output: OutputItem[] = []
  #message: MessageWriter | undefined
  /** The calls by the index that the provider gives them. */
  readonly #calls = new Map<number, CallWriter>()
  #finish: ChatFinishReason = 'stop'
  #usage: ChatUsage | null = null

  constructor(context: RenderContext<ResponsesBody>) {
    this.#context = context
  }

  push({ usage, choices: [choice] }: ChatChunk): string {
    let events = this.#begin()
    if (usage) this.#usage = usage
    if (!choice) return events
    const { content, refusal, tool_calls } = choice.delta
    if (content) {
      events += this.#write((message) => message.text(content, textLogprobs(choice.logprobs)))
    }
    if (refusal) events += this.#write((message) => message.refusal(refusal))
    for (const delta of tool_calls ?? []) events += this.#call(delta)
    this.#finish = choice.finish_reason ?? this.#finish
    return events
  }

  end(): string {
    let events = this.#begin()
    if (this.#output.length === 0) events += this.#openMessage()
    settle(this.#output, this.#finish)
    for (const writer of this.#unclosed()) events += writer.close()
    const type = brokeOff(this.#finish) ? 'response.incomplete' : 'response.completed'
    return events + this.#lifeCycle(type, { finish: this.#finish })
  }

  /** As OpenAI's API does: the error, and the response as far as it came. */
  fail({ code: ours, message }: AresError, requestId: string): string {
    const code = ours === 'rate_limited' ? 'rate_limit_exceeded' : 'server_error'
    const begin = this.#begin()
    for (const { item } of this.#unclosed()) item.status = 'incomplete'
    const error = { code, message, param: null, request_id: requestId }
    return (
      begin +
      this.#events.write('error', error) +
      this.#lifeCycle('response.failed', { finish: null, error: { code, message } })
    )
  }

  #begin(): string {
    if (this.#events.started) return ''
    const running = { finish: null }
    return (
      this.#lifeCycle('response.created', running) +
      this.#lifeCycle('response.in_progress', running)
    )
  }

  #lifeCycle(type: string, state: Pick<Progress, 'finish' | 'error'>): string {
    const progress = { output: this.#output, usage: this.#usage, ...state }
    return this.#events.write(type, { response: responseObject(this.#context, progress) })
  }

  #write(words: (message: MessageWriter) => string): string {
    const opening = this.#message ? '' : this.#openMessage()
    return opening + words(this.#message!)
  }

  #openMessage(): string {
    const index = this.#output.length
    const item = messageItem(this.#context.runId, index)
    this.#output.push(item)
    this.#message = new MessageWriter(this.#events, item, index)
    return this.#message.open()
  }

  #call({ index, id, function: called }: ToolCallDelta): string {
    let opening = ''
    let call = this.#calls.get(index)
    if (!call) {
      opening = this.#closeMessage()
      const place = this.#output.length
      const item = functionCallItem(this.#context.runId, place, { id, name: called?.name ?? '' })
      this.#output.push(item)
      this.#calls.set(index, (call = new CallWriter(this.#events, item, place)))
      opening += call.open()
    }
    return opening + (called?.arguments ? call.arguments(called.arguments) : '')
  }

  #closeMessage(): string {
    const message = this.#message
    if (!message) return ''
    this.#message = undefined
    message.item.status = 'completed'
    return message.close()
  }

  /** In the order of the output. */
  #unclosed(): ItemWriter[] {
    const writers: ItemWriter[] = [...this.#calls.values()]
    if (this.#message) writers.push(this.#message)
    return writers
  }
}
