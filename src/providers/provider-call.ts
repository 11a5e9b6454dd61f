import type { Clock } from '../clock.ts'
import type { ProviderConfig } from '../config/config.ts'
import { aborted, type CallFailure, type Phase, timedOut } from './call-failure.ts'
import type { UpstreamCall } from './upstream.ts'

/**
 * The life of one call, from its first attempt to the last byte of its answer: the caller's abort
 * signal, the total deadline, and the deadline of whatever is being waited for at the moment.
 *
 * Whichever comes first stops the call: what holds the connection lets go of it at once, and
 * the request or read under way (or the next one) throws the reason, a `CallFailure`.
 */
export class ProviderCall implements UpstreamCall {
  /** Whether the provider may be at work on the request; kept by those who send it. */
  reached = false
  onStopped: (() => void) | null = null
  readonly #clock: Clock
  readonly #startedMs: number
  readonly #config: ProviderConfig
  readonly #caller: AbortSignal
  readonly #total: Timer
  #stopped: CallFailure | null = null

  constructor(config: ProviderConfig, clock: Clock, caller: AbortSignal) {
    this.#config = config
    this.#clock = clock
    this.#startedMs = clock.monotonicMs()
    this.#caller = caller
    this.#total = this.deadline('total', config.timeoutMs)
    caller.addEventListener('abort', this.cancel)
    if (caller.aborted) this.cancel()
  }

  get stopped(): CallFailure | null {
    return this.#stopped
  }

  get connectTimeoutMs(): number {
    return this.#config.connectTimeoutMs
  }

  get remainingMs(): number {
    return this.#config.timeoutMs - (this.#clock.monotonicMs() - this.#startedMs)
  }

  /** Stops the call at that time from now, unless it is cleared first. */
  deadline(phase: Phase, ms: number): Timer {
    return setTimeout(() => this.#timeOut(phase, ms), ms)
  }

  connectTimedOut(): void {
    const phase = this.#config.proxyUrl === null ? 'connect' : 'proxy'
    this.#timeOut(phase, this.connectTimeoutMs)
  }

  /** Closes the connection. Only the first reason counts. */
  stop(failure: CallFailure): void {
    if (this.#stopped !== null) return
    this.end()
    this.#stopped = failure
    this.onStopped?.()
  }

  /** @throws CallFailure once the call was stopped */
  throwIfStopped(): void {
    if (this.#stopped !== null) throw this.#stopped
  }

  /** Nobody wants the answer any more. */
  readonly cancel = (): void => this.stop(aborted(this.reached))

  /** The answer is complete or given up: no deadline and no abort matters any more. */
  end(): void {
    clearTimeout(this.#total)
    this.#caller.removeEventListener('abort', this.cancel)
  }

  #timeOut(phase: Phase, ms: number): void {
    this.stop(timedOut(this.#config.name, phase, ms, this.reached))
  }
}
