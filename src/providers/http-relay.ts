import { checkedCall } from './checked-call.ts'
import { unreadable } from './call-failure.ts'
import { answerOf } from './complete-answer.ts'
import { EventRelay } from './event-relay.ts'
import { type Endpoint, post, under, withHeaders } from './http-call.ts'
import type { OnEvent, Relay, RelayReply, RelayRequest, RelayStream, Wire } from './relay.ts'
import type { ResponseBody } from './response-body.ts'
import type { Transcript } from './transcript.ts'
import { readWholeReply } from './whole-reply.ts'
import type { AnswerReader } from './wire-format.ts'

/** What a relay puts into the body of a request. */
export type RelayBody = (request: RelayRequest, stream: boolean) => object

/** Hands requests in its own format through to a provider behind an HTTP API. */
export class HttpRelay implements Relay {
  readonly wire: Wire
  readonly #endpoint: Endpoint
  readonly #format: AnswerReader
  readonly #bodyOf: RelayBody

  constructor(endpoint: Endpoint, wire: Wire, format: AnswerReader, bodyOf: RelayBody) {
    this.wire = wire
    this.#endpoint = endpoint
    this.#format = format
    this.#bodyOf = bodyOf
  }

  complete(request: RelayRequest, signal: AbortSignal): Promise<RelayReply> {
    const context = this.#contextOf(request)
    return checkedCall(context, async (transcript) => {
      const body = await this.#post(request, false, signal)
      const reply = await this.#readWhole(body, transcript)
      return {
        ...reply,
        answer: await answerOf(transcript, transcript.finishReason ?? 'stop', context),
      }
    })
  }

  stream(request: RelayRequest, signal: AbortSignal, onEvent?: OnEvent): Promise<RelayStream> {
    const context = this.#contextOf(request)
    return checkedCall(context, async (transcript) => {
      const body = await this.#post(request, true, signal)
      // A stream was asked for: JSON instead of one can only be an error, which then says more.
      if (/\bjson\b/i.test(body.contentType)) {
        await this.#readWhole(body, transcript)
        throw unreadable(context.config.name)
      }
      return new EventRelay({ context, format: this.#format, body, transcript, onEvent })
    })
  }

  #contextOf(prompt: RelayRequest) {
    return { config: this.#endpoint.config, prompt }
  }

  #post(request: RelayRequest, stream: boolean, signal: AbortSignal): Promise<ResponseBody> {
    const text = JSON.stringify(this.#bodyOf(request, stream))
    const target = under(this.#endpoint, this.#format.path?.(request.model, stream))
    return post(withHeaders(target, request.headers), text, signal)
  }

  async #readWhole(
    body: ResponseBody,
    transcript: Transcript,
  ): Promise<Omit<RelayReply, 'answer'>> {
    const { text, reply } = await readWholeReply(body, this.#endpoint.config.name)
    this.#format.readReply(reply, transcript)
    return { text, body: reply }
  }
}
