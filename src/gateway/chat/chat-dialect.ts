import { openAiError } from '../../http/error-forms.ts'
import { statusOf } from '../../http/error-handler.ts'
import type { AresError } from '../../errors.ts'
import type { ChatChunk } from '../form/chat-format.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'
import { checkedChat } from './chat-shapes.ts'
import type { Dialect, RenderContext, StreamRenderer } from '../form/dialect.ts'

/** OpenAI's chat completions, as clients speak them at `POST /v1/chat/completions`: the one form itself. */
export const chatDialect: Dialect<ChatCompletionRequest> = {
  kind: 'completion',
  native: 'openai',
  toChat: checkedChat,
  renderReply: (reply) => reply,
  renderStream: (context) => new ChatChunkStream(context),
}

/** Whether the last chunk of a stream is to say what was used. */
export function wantsUsage({ stream_options: options }: ChatCompletionRequest): boolean {
  return options?.include_usage === true
}

/** Each chunk an event, then `[DONE]`. */
class ChatChunkStream implements StreamRenderer {
  readonly #wantsUsage: boolean

  constructor({ body }: RenderContext<ChatCompletionRequest>) {
    this.#wantsUsage = wantsUsage(body)
  }

  push(chunk: ChatChunk): string {
    if (!this.#wantsUsage) return chunk.choices.length === 0 ? '' : eventOf(chunk)
    return eventOf({ ...chunk, usage: chunk.usage ?? null })
  }

  end(): string {
    return DONE
  }

  fail(error: AresError): string {
    return eventOf(openAiError(error, statusOf(error)))
  }
}

/** What ends a stream of chat completions. */
export const DONE = 'data: [DONE]\n\n'

function eventOf(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
