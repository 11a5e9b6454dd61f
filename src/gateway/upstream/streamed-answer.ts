import type { AresError } from '../../errors.ts'
import type { ArrivingAnswer, Pieces } from '../../execution/answer-session.ts'
import type { FailedCall } from '../../execution/failed-call.ts'
import type { EventText } from '../../http/sse.ts'
import { gatewayError } from './gateway-error.ts'
import type { UpstreamResult, UpstreamStream } from './upstream.ts'

/** What comes from upstream is written as events already; each read is sent as it is. */
export class StreamedAnswer implements ArrivingAnswer<Uint8Array, EventText, UpstreamResult> {
  readonly #stream: UpstreamStream
  readonly #requestId: string

  constructor(stream: UpstreamStream, requestId: string) {
    this.#stream = stream
    this.#requestId = requestId
  }

  read(): Promise<Uint8Array | null> {
    return this.#stream.read()
  }

  get result(): UpstreamResult | undefined {
    return this.#stream.result
  }

  tell(events: Uint8Array, ready: EventText[]): void {
    ready.push(events)
  }

  errorOf(failed: FailedCall): AresError {
    return gatewayError(failed)
  }

  end(): Pieces<EventText> {
    return this.#stream.end()
  }

  fail(error: AresError): Uint8Array {
    return this.#stream.fail(error, this.#requestId)
  }
}
