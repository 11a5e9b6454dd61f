import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import { type AnswerEvent, NO_USAGE } from '../../form/answer.ts'
import { messageErrorBody } from '../../http/error-form-anthropic.ts'
import type { Ending, RenderContext, SurfaceStream } from '../form/surface.ts'
import type { MessagesBody } from './messages-schema.ts'
import { messageHead, messageUsage, stopFields } from './reply.ts'
import { messageEvent, StreamBlocks } from './stream-blocks.ts'

/**
 * Writes an answer as the events of Anthropic's format.
 *
 * What a prompt used is known only at the end from other providers: `message_start` says 0, `message_delta` the whole
 * truth, which clients take over.
 */
export class MessagesStream implements SurfaceStream {
  readonly #context: RenderContext<MessagesBody>
  readonly #blocks: StreamBlocks
  #started = false
  #refused = false

  constructor(context: RenderContext<MessagesBody>) {
    this.#context = context
    this.#blocks = new StreamBlocks(context.runId)
  }

  push(events: readonly AnswerEvent[]): string {
    this.#refused ||= events.some(({ type }) => type === 'refusal')
    return this.#start() + events.map((event) => this.#blocks.push(event)).join('')
  }

  end(ending: Ending): Pieces<string> {
    const delta = stopFields(ending, this.#refused)
    return [
      () =>
        this.#start() +
        this.#blocks.finish() +
        messageEvent('message_delta', { delta, usage: messageUsage(ending.usage) }) +
        messageEvent('message_stop', {}),
    ]
  }

  fail(error: AresError, requestId: string): string {
    return messageEvent('error', messageErrorBody(error, requestId))
  }

  #start(): string {
    if (this.#started) return ''
    this.#started = true
    const { runId, body } = this.#context
    const message = {
      ...messageHead(runId, body.model),
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: messageUsage(NO_USAGE),
    }
    return messageEvent('message_start', { message })
  }
}
