import type { Clock, Timer } from '../clock.ts'
import type { AresError } from '../errors.ts'
import { nextTurn } from '../next-turn.ts'
import { toAresError } from '../http/error-handler.ts'
import type { EventSource } from '../http/sse.ts'
import type { SettledRun } from '../ledger/run-row.ts'
import type { FailedCall } from './failed-call.ts'
import type { Flight } from './in-flight.ts'
import type { RunResult } from './metered-calls.ts'

/**
 * What is written in several turns of the event loop, for it may be long: each function writes one part, which is not
 * empty, and they are called in their order. There is at least one.
 */
export type Pieces<T> = (() => T)[]

/** An answer while it arrives, and how it is told: `Part` is what is read of it, `Event` what is sent. */
export interface ArrivingAnswer<Part, Event, Result extends RunResult> {
  /** The next part, or null when the answer has ended, well or badly; `result` tells. Never throws. */
  read(): Promise<Part | null>
  /** Set once `read` has returned null. */
  readonly result: Result | undefined
  /** Adds the events that say a part. */
  tell(part: Part, ready: Event[]): void
  /** A failure as the error that the client gets. */
  errorOf(failed: FailedCall): AresError
  /** What is left to say once the run is recorded. */
  end(settled: SettledRun): Pieces<Event>
  /** What is said instead when the answer broke off, or could not be recorded. */
  fail(error: AresError): Event
}

export interface AnswerSessionParts<Part, Event, Result extends RunResult> {
  clock: Clock
  timer: Timer
  answer: ArrivingAnswer<Part, Event, Result>
  flight: Flight
  /** Records the run; called once, with its result. @throws AresError `storage_unavailable` */
  settle: (result: Result) => Promise<SettledRun>
  /** How long the client waited for the first event, ms. */
  begun: (ms: number) => void
}

/** So long a client waits without a word for the first event; some models think for minutes. Source: contract 5.7. */
const PATIENCE_MS = 10_000

/** One streamed answer from its first event to its last, which leaves once the run is recorded. */
export class AnswerSession<
  Part,
  Event extends object | string,
  Result extends RunResult,
> implements EventSource<Event> {
  readonly #parts: AnswerSessionParts<Part, Event, Result>
  readonly #answer: ArrivingAnswer<Part, Event, Result>
  /** Events that are read but not sent yet. */
  #ready: Event[] = []
  /** Nothing more is read: it is recorded and told how it ended. */
  #closing = false
  /** The last events, as far as they have not been given. */
  #last: Pieces<Event> | undefined
  /** The read under way: whoever needs the next event shares it. */
  #reading: Promise<void> | undefined
  #settled: Promise<SettledRun> | undefined

  constructor(parts: AnswerSessionParts<Part, Event, Result>) {
    this.#parts = parts
    this.#answer = parts.answer
    parts.flight.signal.addEventListener('abort', () => void this.#recordStopped(), { once: true })
  }

  /**
   * Waits for the first event, but no longer than a client waits without a word: the stream then begins with nothing to
   * say yet, and a later fault is its last event.
   *
   * @throws AresError when the answer failed before it
   */
  async begin(): Promise<void> {
    const { clock, begun } = this.#parts
    const startedMs = clock.monotonicMs()
    await this.#firstWord()
    begun(clock.monotonicMs() - startedMs)
    const { result } = this.#answer
    if (!result || result.ok || this.#ready.length > 0) return
    await this.#settle()
    throw this.#answer.errorOf(result)
  }

  async #firstWord(): Promise<void> {
    const patience = Promise.withResolvers<void>()
    const callOff = this.#parts.timer.after(PATIENCE_MS, patience.resolve)
    await Promise.race([this.#read(), patience.promise])
    callOff()
  }

  get ended(): boolean {
    return this.#last?.length === 0
  }

  /** The next event; none after the last, and there is always a last one. */
  async next(): Promise<Event> {
    if (this.#ready.length === 0 && !this.#answer.result) await this.#read()
    const event = this.#ready.shift()
    if (event) return event
    this.#closing = true
    if (this.#last) await nextTurn()
    else this.#last = await this.#lastEvents()
    return this.#last.shift()!()
  }

  /** The client has gone: the provider is stopped and what was used is recorded. */
  abandon(): void {
    if (this.#closing) return
    this.#closing = true
    this.#parts.flight.abandon()
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readOnce()
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    const part = await this.#answer.read()
    this.#reading = undefined
    if (part !== null) this.#answer.tell(part, this.#ready)
  }

  /** A client that has gone, or does not read, asks for nothing further: a stopped answer is recorded without it. */
  async #recordStopped(): Promise<void> {
    while (!this.#answer.result) await this.#read()
    // The ledger has logged a refusal of the storage and tries again by itself.
    await this.#settle().catch(() => {})
  }

  async #lastEvents(): Promise<Pieces<Event>> {
    const result = this.#answer.result!
    try {
      const settled = await this.#settle()
      return result.ok ? this.#answer.end(settled) : this.#failed(this.#answer.errorOf(result))
    } catch (error) {
      // The run could not be recorded (yet): the client must not take the answer for done.
      return this.#failed(toAresError(error))
    }
  }

  #failed(error: AresError): Pieces<Event> {
    return [() => this.#answer.fail(error)]
  }

  #settle(): Promise<SettledRun> {
    this.#settled ??= this.#parts.settle(this.#answer.result!)
    return this.#settled
  }
}
