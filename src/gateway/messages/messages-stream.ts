import type { AresError } from '../../errors.ts'
import type { ChatChunk, ChatFinishReason, ChatUsage } from '../form/chat-format.ts'
import type { RenderContext, StreamRenderer } from '../form/dialect.ts'
import { messageEvent, MessageStreamBlocks } from './messages-stream-blocks.ts'
import { messageErrorBody } from '../../http/error-form-anthropic.ts'
import { messageHead, messageUsage, stopReason } from './messages-reply.ts'
import type { MessagesBody } from './messages-schema.ts'

/**
 * Writes an answer as the events of Anthropic's format.
 *
 * What a prompt used is known only at the end from other providers: `message_start` says 0, `message_delta` the whole
 * truth, which clients take over.
 */
export class MessagesStream implements StreamRenderer {
  readonly #runId: string
  readonly #model: string
  readonly #blocks: MessageStreamBlocks
  #started = false
  #refused = false
  #calledTools = false
  #finishReason: ChatFinishReason | null = null
  #usage: ChatUsage | null = null

  constructor({ body, runId }: RenderContext<MessagesBody>) {
    this.#runId = runId
    this.#model = body.model
    this.#blocks = new MessageStreamBlocks(runId)
  }

  push({ choices, usage }: ChatChunk): string {
    const start = this.#start()
    this.#usage = usage ?? this.#usage
    const [choice] = choices
    if (!choice) return start
    this.#finishReason = choice.finish_reason ?? this.#finishReason
    return start + this.#delta(choice.delta)
  }

  end(): string {
    const reason = stopReason({
      finishReason: this.#finishReason,
      calledTools: this.#calledTools,
      refused: this.#refused,
    })
    return [
      this.#start(),
      this.#blocks.finish(),
      messageEvent('message_delta', {
        delta: { stop_reason: reason, stop_sequence: null },
        usage: messageUsage(this.#usage),
      }),
      messageEvent('message_stop', {}),
    ].join('')
  }

  fail(error: AresError, requestId: string): string {
    return messageEvent('error', messageErrorBody(error, requestId))
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const message = {
      ...messageHead(this.#runId, this.#model),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: messageUsage(null),
    }
    return messageEvent('message_start', { message })
  }

  #delta({ content, refusal, tool_calls: calls = [] }: ChatChunk['choices'][number]['delta']) {
    this.#refused ||= (refusal ?? '') !== ''
    this.#calledTools ||= calls.length > 0
    const text = this.#blocks.text((content ?? '') + (refusal ?? ''))
    return text + calls.map((call) => this.#blocks.call(call)).join('')
  }
}
