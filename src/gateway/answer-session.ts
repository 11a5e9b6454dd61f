import type { Clock } from '../clock.ts'
import type { AresError } from '../errors.ts'
import { toAresError } from '../http/error-handler.ts'
import type { EventSource } from '../http/sse.ts'
import type { Flight } from '../runs/in-flight.ts'
import { gatewayError } from './gateway-error.ts'
import type { UpstreamResult, UpstreamStream } from './upstream.ts'

export interface AnswerSessionParts {
  clock: Clock
  stream: UpstreamStream
  flight: Flight
  requestId: string
  /** Records the run. @throws AresError `storage_unavailable` */
  settle: (result: UpstreamResult) => Promise<unknown>
  /** How long the client waited for the first events, ms. */
  begun: (ms: number) => void
}

/** One streamed answer from its first events to its last, which leave once the run is recorded. */
export class AnswerSession implements EventSource<Uint8Array> {
  readonly #parts: AnswerSessionParts
  /** Events that are read but not sent yet. */
  #ready: Uint8Array[] = []
  #ended = false
  /** The read under way: whoever needs the next events shares it. */
  #reading: Promise<void> | undefined
  #settled: Promise<unknown> | undefined

  constructor(parts: AnswerSessionParts) {
    this.#parts = parts
    parts.flight.signal.addEventListener('abort', () => void this.#recordStopped(), { once: true })
  }

  /** Waits for the first events. @throws AresError when the answer failed before them */
  async begin(): Promise<void> {
    const { clock, stream } = this.#parts
    const startedMs = clock.monotonicMs()
    await this.#read()
    this.#parts.begun(clock.monotonicMs() - startedMs)
    const { result } = stream
    if (!result || result.ok || this.#ready.length > 0) return
    await this.#settle(result)
    throw gatewayError(result)
  }

  get ended(): boolean {
    return this.#ended
  }

  /** The next events; none after the last. */
  async next(): Promise<Uint8Array> {
    if (this.#ready.length === 0 && !this.#parts.stream.result) await this.#read()
    const events = this.#ready.shift()
    if (events) return events
    this.#ended = true
    return this.#lastEvents(this.#parts.stream.result!)
  }

  /** The client has gone: the provider is stopped and what was used is recorded. */
  abandon(): void {
    if (this.#ended) return
    this.#ended = true
    this.#parts.flight.abandon()
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readOnce()
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    const events = await this.#parts.stream.read()
    this.#reading = undefined
    if (events) this.#ready.push(events)
  }

  /** A client that has gone, or does not read, asks for nothing further: a stopped answer is recorded without it. */
  async #recordStopped(): Promise<void> {
    while (!this.#parts.stream.result) await this.#read()
    // The ledger has logged a refusal of the storage and tries again by itself.
    await this.#settle(this.#parts.stream.result).catch(() => {})
  }

  async #lastEvents(result: UpstreamResult): Promise<Uint8Array> {
    try {
      await this.#settle(result)
    } catch (error) {
      // The run could not be recorded (yet): the client must not take the answer for done.
      return this.#broken(toAresError(error))
    }
    return result.ok ? this.#parts.stream.end() : this.#broken(gatewayError(result))
  }

  #broken(error: AresError): Uint8Array {
    return this.#parts.stream.fail(error, this.#parts.requestId)
  }

  #settle(result: UpstreamResult): Promise<unknown> {
    this.#settled ??= this.#parts.settle(result)
    return this.#settled
  }
}
