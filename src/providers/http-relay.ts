import type { Answer } from './answer.ts'
import { answeredCall } from './answered-call.ts'
import { unreadable } from './call-failure.ts'
import { completionOf } from './complete-answer.ts'
import { EventRelay } from './event-relay.ts'
import { type Endpoint, post, withHeaders } from './http-call.ts'
import type { OnEvent, Relay, RelayReply, RelayRequest, RelayStream, Wire } from './relay.ts'
import type { ResponseBody } from './response-body.ts'
import { readWholeReply } from './whole-reply.ts'
import type { WireFormat } from './wire-format.ts'

/** What a relay puts into the body of a request. */
export type RelayBody = (request: RelayRequest, stream: boolean) => object

/** Hands requests in its own format through to a provider behind an HTTP API. */
export class HttpRelay implements Relay {
  readonly wire: Wire
  readonly #endpoint: Endpoint
  readonly #format: WireFormat
  readonly #bodyOf: RelayBody

  constructor(endpoint: Endpoint, wire: Wire, format: WireFormat, bodyOf: RelayBody) {
    this.wire = wire
    this.#endpoint = endpoint
    this.#format = format
    this.#bodyOf = bodyOf
  }

  complete(request: RelayRequest, signal: AbortSignal): Promise<RelayReply> {
    return answeredCall(this.#endpoint.config, request, async (answer) => {
      const body = await this.#post(request, false, signal)
      const reply = await this.#readWhole(body, answer)
      const completion = await completionOf(answer, answer.finishReason ?? 'stop', request)
      return { ...reply, completion }
    })
  }

  stream(request: RelayRequest, signal: AbortSignal, onEvent?: OnEvent): Promise<RelayStream> {
    return answeredCall(this.#endpoint.config, request, async (answer) => {
      const body = await this.#post(request, true, signal)
      const { name: provider } = this.#endpoint.config
      // A stream was asked for: JSON instead of one can only be an error, which then says more.
      if (/\bjson\b/i.test(body.contentType)) {
        await this.#readWhole(body, answer)
        throw unreadable(provider)
      }
      return new EventRelay({
        provider,
        format: this.#format,
        prompt: request,
        body,
        answer,
        onEvent,
      })
    })
  }

  #post(request: RelayRequest, stream: boolean, signal: AbortSignal): Promise<ResponseBody> {
    const text = JSON.stringify(this.#bodyOf(request, stream))
    return post(withHeaders(this.#endpoint, request.headers), text, signal)
  }

  async #readWhole(body: ResponseBody, answer: Answer): Promise<Omit<RelayReply, 'completion'>> {
    const { text, reply } = await readWholeReply(body, this.#endpoint.config.name)
    this.#format.readReply(reply, answer)
    return { text, body: reply }
  }
}
