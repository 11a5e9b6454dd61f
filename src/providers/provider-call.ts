import type { Clock } from '../clock.ts'
import type { ProviderConfig } from '../config/config.ts'
import { aborted, type CallFailure, type Phase, timedOut } from './call-failure.ts'

/**
 * The life of one call, from its first attempt to the last byte of its answer: the caller's abort
 * signal, the total deadline, and the deadline of whatever is being waited for at the moment.
 *
 * Whichever comes first stops the call: its signal aborts, which closes the socket at once, and
 * the fetch or read under way (or the next one) throws the reason, a `CallFailure`.
 */
export class ProviderCall {
  /** Whether the provider may be at work on the request; kept by those who send it. */
  reached = false
  /** Lets go of what holds the answer, when the call is stopped. */
  onStopped: (() => void) | null = null
  readonly #clock: Clock
  readonly #startedMs: number
  readonly #config: ProviderConfig
  readonly #caller: AbortSignal
  readonly #controller = new AbortController()
  readonly #total: Timer

  constructor(config: ProviderConfig, clock: Clock, caller: AbortSignal) {
    this.#config = config
    this.#clock = clock
    this.#startedMs = clock.monotonicMs()
    this.#caller = caller
    this.#total = this.deadline('total', config.timeoutMs)
    caller.addEventListener('abort', this.cancel)
    if (caller.aborted) this.cancel()
  }

  /** For the fetch of this call; its reason is a `CallFailure`. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get remainingMs(): number {
    return this.#config.timeoutMs - (this.#clock.monotonicMs() - this.#startedMs)
  }

  /** Stops the call at that time from now, unless it is cleared first. */
  deadline(phase: Phase, ms: number): Timer {
    return setTimeout(() => this.timeOut(phase, ms), ms)
  }

  timeOut(phase: Phase, ms: number): void {
    this.stop(timedOut(this.#config.name, phase, ms, this.reached))
  }

  /** Closes the socket. Only the first reason counts. */
  stop(failure: CallFailure): void {
    if (this.signal.aborted) return
    this.end()
    this.#controller.abort(failure)
    this.onStopped?.()
  }

  /** Nobody wants the answer any more. */
  readonly cancel = (): void => this.stop(aborted(this.reached))

  /** The answer is complete or given up: no deadline and no abort matters any more. */
  end(): void {
    clearTimeout(this.#total)
    this.#caller.removeEventListener('abort', this.cancel)
  }
}
