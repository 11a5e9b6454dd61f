import { Answer } from './answer.ts'
import { unreadable } from './call-failure.ts'
import { completionOf, providerError } from './complete-answer.ts'
import { type Endpoint, post } from './http-call.ts'
import { isObject, parseReply } from './json-shape.ts'
import {
  type Completion,
  type CompletionRequest,
  type CompletionStream,
  type Provider,
  ProviderError,
} from './provider.ts'
import { ProviderStream } from './provider-stream.ts'
import type { ResponseBody } from './response-body.ts'
import type { WireFormat } from './wire-format.ts'

/** A provider behind an HTTP API, whatever its wire format. */
export class HttpProvider implements Provider {
  readonly name: string
  readonly available: boolean
  readonly #endpoint: Endpoint
  readonly #format: WireFormat

  constructor(endpoint: Endpoint, format: WireFormat) {
    this.name = endpoint.config.name
    this.available = !endpoint.config.keyMissing
    this.#endpoint = endpoint
    this.#format = format
  }

  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion> {
    return this.#call(request, async (answer) => {
      const body = await post(this.#endpoint, this.#format.requestBody(request, false), signal)
      await this.#readPlain(body, answer)
      return completionOf(answer, answer.finishReason ?? 'stop', request)
    })
  }

  stream(request: CompletionRequest, signal: AbortSignal): Promise<CompletionStream> {
    return this.#call(request, async (answer) => {
      const body = await post(this.#endpoint, this.#format.requestBody(request, true), signal)
      if (/\bjson\b/i.test(body.contentType)) await this.#refusePlain(body, answer)
      return new ProviderStream(this.name, this.#format, request, body, answer)
    })
  }

  async #call<T>(request: CompletionRequest, work: (answer: Answer) => Promise<T>): Promise<T> {
    if (!this.available) throw notConfigured(this.name)
    const answer = new Answer()
    try {
      return await work(answer)
    } catch (error) {
      throw await providerError(error, answer, request, this.name)
    }
  }

  async #readPlain(body: ResponseBody, answer: Answer): Promise<void> {
    const reply = parseReply(await body.readAll())
    if (!isObject(reply)) throw unreadable(this.name)
    this.#format.readReply(reply, answer)
  }

  /** A stream was asked for: JSON instead of one can only be an error, which then says more. */
  async #refusePlain(body: ResponseBody, answer: Answer): Promise<never> {
    await this.#readPlain(body, answer)
    throw unreadable(this.name)
  }
}

function notConfigured(name: string): ProviderError {
  return new ProviderError('not_configured', `The provider ${name} is not configured.`)
}
