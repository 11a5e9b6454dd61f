import type { Answer } from './answer.ts'
import { unreadable } from './call-failure.ts'
import { answeredCall } from './answered-call.ts'
import { completionOf } from './complete-answer.ts'
import { type Endpoint, post } from './http-call.ts'
import type { Completion, CompletionRequest, CompletionStream, Provider } from './provider.ts'
import { ProviderStream } from './provider-stream.ts'
import type { EmbeddingRelay, Relay, TokenCounter } from './relay.ts'
import type { ResponseBody } from './response-body.ts'
import { readWholeReply } from './whole-reply.ts'
import type { WireFormat } from './wire-format.ts'

/** How a provider takes requests in its own format. */
export type Relays = Pick<HttpProvider, 'relay' | 'embeddings' | 'counter'>

/** A provider behind an HTTP API, whatever its wire format. */
export class HttpProvider implements Provider {
  readonly name: string
  readonly available: boolean
  readonly relay: Relay
  readonly embeddings: EmbeddingRelay | null
  readonly counter: TokenCounter | null
  readonly #endpoint: Endpoint
  readonly #format: WireFormat

  constructor(endpoint: Endpoint, format: WireFormat, { relay, embeddings, counter }: Relays) {
    this.name = endpoint.config.name
    this.available = !endpoint.config.keyMissing
    this.relay = relay
    this.embeddings = embeddings
    this.counter = counter
    this.#endpoint = endpoint
    this.#format = format
  }

  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return answeredCall(this.#endpoint.config, request, async (answer) => {
      const body = await post(this.#endpoint, this.#format.requestBody(request, false), signal)
      await this.#readPlain(body, answer)
      return completionOf(answer, answer.finishReason ?? 'stop', request)
    })
  }

  stream(request: CompletionRequest, signal: AbortSignal): Promise<CompletionStream> {
    return answeredCall(this.#endpoint.config, request, async (answer) => {
      const body = await post(this.#endpoint, this.#format.requestBody(request, true), signal)
      if (/\bjson\b/i.test(body.contentType)) await this.#refusePlain(body, answer)
      const { name: provider } = this
      return new ProviderStream({ provider, format: this.#format, prompt: request, body, answer })
    })
  }

  async #readPlain(body: ResponseBody, answer: Answer): Promise<void> {
    const { reply } = await readWholeReply(body, this.name)
    this.#format.readReply(reply, answer)
  }

  /** A stream was asked for: JSON instead of one can only be an error, which then says more. */
  async #refusePlain(body: ResponseBody, answer: Answer): Promise<never> {
    await this.#readPlain(body, answer)
    throw unreadable(this.name)
  }
}
