import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import type { AnswerEvent } from '../../form/answer.ts'
import { openAiError } from '../../http/error-forms.ts'
import { statusOf } from '../../http/error-handler.ts'
import type { Ending, RenderContext, SurfaceStream } from '../form/surface.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'
import { reasoningDetail } from './reasoning.ts'
import { callId, chatHead, chatUsage } from './reply.ts'

/** Whether the last chunk of a stream is to say what was used. */
export function wantsUsage({ stream_options: options }: ChatCompletionRequest): boolean {
  return options?.include_usage === true
}

/** Writes an answer as the chunks of chat completions: each an event, then `[DONE]`. */
export class ChatStream implements SurfaceStream {
  readonly #head: object
  readonly #runId: string
  readonly #wantsUsage: boolean
  /** The calls that take free text. */
  readonly #custom = new Set<number>()
  #details = 0
  #begun = false

  constructor(context: RenderContext<ChatCompletionRequest>) {
    this.#head = chatHead(context, 'chat.completion.chunk')
    this.#runId = context.runId
    this.#wantsUsage = wantsUsage(context.body)
  }

  push(events: readonly AnswerEvent[]): string {
    return this.#begin() + events.map((event) => this.#chunkOf(event)).join('')
  }

  end({ finishReason, usage }: Ending): Pieces<string> {
    const last = this.#wantsUsage ? this.#event({ choices: [], usage: chatUsage(usage) }) : ''
    return [() => this.#begin() + this.#chunk({}, { finish_reason: finishReason }) + last + DONE]
  }

  fail(error: AresError): string {
    return eventOf(openAiError(error, statusOf(error)))
  }

  #begin(): string {
    if (this.#begun) return ''
    this.#begun = true
    return this.#chunk({ role: 'assistant', content: '' })
  }

  #chunkOf(event: AnswerEvent): string {
    switch (event.type) {
      case 'text':
        return this.#text(event)
      case 'refusal':
        return this.#chunk({ refusal: event.text })
      case 'reasoning':
        return this.#chunk({ reasoning_content: event.text })
      case 'signature':
        return this.#chunk({ reasoning_details: [this.#seal(event)] })
      case 'tool_call':
        return this.#call(event)
      default:
        return this.#arguments(event)
    }
  }

  #text({ text, logprobs }: Extract<AnswerEvent, { type: 'text' }>): string {
    const told = logprobs && { logprobs: { content: logprobs, refusal: null } }
    return this.#chunk({ content: text }, told)
  }

  #seal({ signature, redacted }: Extract<AnswerEvent, { type: 'signature' }>): object {
    return reasoningDetail({ text: '', signature, ...(redacted && { redacted }) }, this.#details++)
  }

  #call({ call: index, id, name, custom }: Extract<AnswerEvent, { type: 'tool_call' }>): string {
    const head = { index, id: callId(id, this.#runId, index) }
    if (!custom)
      return this.#calls({ ...head, type: 'function', function: { name, arguments: '' } })
    this.#custom.add(index)
    return this.#calls({ ...head, type: 'custom', custom: { name, input: '' } })
  }

  #arguments({ call: index, text }: Extract<AnswerEvent, { type: 'arguments' }>): string {
    const piece = this.#custom.has(index)
      ? { custom: { input: text } }
      : { function: { arguments: text } }
    return this.#calls({ index, ...piece })
  }

  #calls(fragment: object): string {
    return this.#chunk({ tool_calls: [fragment] })
  }

  #chunk(delta: object, said: object = {}): string {
    return this.#event({ choices: [{ index: 0, delta, finish_reason: null, ...said }] })
  }

  #event(fields: object): string {
    return eventOf({ ...this.#head, ...fields })
  }
}

/** What ends a stream of chat completions. */
export const DONE = 'data: [DONE]\n\n'

function eventOf(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
