import type { Answer } from '../form/answer.ts'
import { Notes } from '../form/notes.ts'
import type { AnswerFormat } from '../form/request.ts'
import { unreadable } from './call-failure.ts'
import { checkedCall } from './checked-call.ts'
import { answerOf } from './complete-answer.ts'
import { type Endpoint, post, under } from './http-call.ts'
import type { AnswerStream, ModelCall, Provider } from './provider.ts'
import { ProviderStream } from './provider-stream.ts'
import type { EmbeddingRelay, Relay, TokenCounter } from './relay.ts'
import type { ResponseBody } from './response-body.ts'
import type { Transcript } from './transcript.ts'
import { readWholeReply } from './whole-reply.ts'
import type { WireFormat } from './wire-format.ts'

/** How a provider takes requests in its own format. */
export type Relays = Pick<HttpProvider, 'relays' | 'embeddings' | 'counter'>

/** A provider behind an HTTP API, whatever its wire format. */
export class HttpProvider implements Provider {
  readonly name: string
  readonly available: boolean
  readonly relays: readonly Relay[]
  readonly embeddings: EmbeddingRelay | null
  readonly counter: TokenCounter | null
  readonly #endpoint: Endpoint
  readonly #format: WireFormat

  constructor(endpoint: Endpoint, format: WireFormat, { relays, embeddings, counter }: Relays) {
    this.name = endpoint.config.name
    this.available = !endpoint.config.keyMissing
    this.relays = relays
    this.embeddings = embeddings
    this.counter = counter
    this.#endpoint = endpoint
    this.#format = format
  }

  takesFormat(format: AnswerFormat, call: ModelCall): boolean {
    return this.#format.takesFormat(format, call)
  }

  review(call: ModelCall, notes: Notes): void {
    this.#format.write(call, false, notes)
  }

  complete(call: ModelCall, signal: AbortSignal): Promise<Answer> {
    const context = this.#contextOf(call)
    return checkedCall(context, async (transcript) => {
      const body = await this.#post(call, false, signal)
      await this.#readPlain(body, transcript)
      return answerOf(transcript, transcript.finishReason ?? 'stop', context)
    })
  }

  stream(call: ModelCall, signal: AbortSignal): Promise<AnswerStream> {
    const context = this.#contextOf(call)
    return checkedCall(context, async (transcript) => {
      const body = await this.#post(call, true, signal)
      if (/\bjson\b/i.test(body.contentType)) await this.#refusePlain(body, transcript)
      return new ProviderStream({ context, format: this.#format, body, transcript })
    })
  }

  #contextOf(prompt: ModelCall) {
    return { config: this.#endpoint.config, prompt }
  }

  /** Whether anything is to be refused was asked before, by whoever refuses. */
  #post(call: ModelCall, stream: boolean, signal: AbortSignal): Promise<ResponseBody> {
    const text = JSON.stringify(this.#format.write(call, stream, new Notes()))
    const target = under(this.#endpoint, this.#format.path?.(call.model, stream))
    return post(target, text, signal)
  }

  async #readPlain(body: ResponseBody, transcript: Transcript): Promise<void> {
    const { reply } = await readWholeReply(body, this.name)
    this.#format.readReply(reply, transcript)
  }

  /** A stream was asked for: JSON instead of one can only be an error, which then says more. */
  async #refusePlain(body: ResponseBody, transcript: Transcript): Promise<never> {
    await this.#readPlain(body, transcript)
    throw unreadable(this.name)
  }
}
