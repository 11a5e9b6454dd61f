import type { AresError } from '../../errors.ts'
import type { ArrivingAnswer } from '../../execution/answer-session.ts'
import type { FailedCall } from '../../execution/failed-call.ts'
import { gatewayError } from './gateway-error.ts'
import type { UpstreamResult, UpstreamStream } from './upstream.ts'

export interface StreamedAnswerParts {
  requestId: string
  /** Records the run. @throws AresError `storage_unavailable` */
  settle: (result: UpstreamResult) => Promise<void>
}

/** What comes from upstream is written as events already; each read is sent as it is. */
export class StreamedAnswer implements ArrivingAnswer<Uint8Array, Uint8Array> {
  readonly #stream: UpstreamStream
  readonly #parts: StreamedAnswerParts

  constructor(stream: UpstreamStream, parts: StreamedAnswerParts) {
    this.#stream = stream
    this.#parts = parts
  }

  read(): Promise<Uint8Array | null> {
    return this.#stream.read()
  }

  get result(): UpstreamResult | undefined {
    return this.#stream.result
  }

  tell(events: Uint8Array, ready: Uint8Array[]): void {
    ready.push(events)
  }

  settle(): Promise<void> {
    return this.#parts.settle(this.#stream.result!)
  }

  errorOf(failed: FailedCall): AresError {
    return gatewayError(failed)
  }

  end(): Uint8Array {
    return this.#stream.end()
  }

  fail(error: AresError): Uint8Array {
    return this.#stream.fail(error, this.#parts.requestId)
  }
}
