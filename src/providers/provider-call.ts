import type { ProviderConfig } from '../config/config.ts'
import { aborted, type CallFailure, type Phase, timedOut } from './call-failure.ts'

/**
 * The life of one call, from its first attempt to the last byte of its answer: the caller's abort
 * signal, the total deadline, and the deadline of whatever is being waited for at the moment.
 *
 * Whichever comes first stops the call: the socket is closed at once, and the wait under way (or
 * the next one) throws the reason as a `CallFailure`.
 */
export class ProviderCall {
  /** Whether the provider may be at work on the request; kept by those who send it. */
  reached = false
  /** Lets go of what holds the answer, when its socket is closed. */
  onClosed: (() => void) | null = null
  readonly startedAt = performance.now()
  readonly #config: ProviderConfig
  readonly #caller: AbortSignal
  readonly #controller = new AbortController()
  readonly #totalTimer: ReturnType<typeof setTimeout>
  #failure: CallFailure | null = null
  #interrupt: ((failure: CallFailure) => void) | null = null

  constructor(config: ProviderConfig, caller: AbortSignal) {
    this.#config = config
    this.#caller = caller
    this.#totalTimer = setTimeout(() => this.timeOut('total', config.timeoutMs), config.timeoutMs)
    caller.addEventListener('abort', this.#onAbort, { once: true })
    if (caller.aborted) this.#onAbort()
  }

  /** Aborts the fetch of this call. */
  get signal(): AbortSignal {
    return this.#controller.signal
  }

  get remainingMs(): number {
    return this.#config.timeoutMs - (performance.now() - this.startedAt)
  }

  /**
   * What `work` resolves with. One wait at a time.
   *
   * @param deadline what is waited for and for how long, beside the total deadline
   * @throws CallFailure when the call is stopped first, or the deadline passes
   */
  wait<T>(work: () => Promise<T>, deadline?: { phase: Phase; ms: number }): Promise<T> {
    if (this.#failure) return Promise.reject(this.#failure)
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const timer =
      deadline && setTimeout(() => this.timeOut(deadline.phase, deadline.ms), deadline.ms)
    const settle = () => {
      clearTimeout(timer)
      this.#interrupt = null
    }
    this.#interrupt = (failure) => {
      settle()
      reject(failure)
    }
    work().then(
      (value) => {
        settle()
        resolve(value)
      },
      (error: unknown) => {
        settle()
        reject(error)
      },
    )
    return promise
  }

  timeOut(phase: Phase, ms: number): void {
    this.stop(timedOut(this.#config.name, phase, ms, this.reached))
  }

  /** Closes the socket and lets the wait under way, or else the next one, throw. Only the first reason counts. */
  stop(failure: CallFailure): void {
    if (this.#failure) return
    this.#failure = failure
    this.end()
    this.#interrupt?.(failure)
    this.#close()
  }

  /** Closes the socket of a call that nobody waits for. */
  abandon(): void {
    this.end()
    this.#close()
  }

  /** The answer is complete or given up: no deadline and no abort matters any more. */
  end(): void {
    clearTimeout(this.#totalTimer)
    this.#caller.removeEventListener('abort', this.#onAbort)
  }

  #close(): void {
    this.#controller.abort()
    this.onClosed?.()
  }

  readonly #onAbort = (): void => this.stop(aborted(this.reached))
}
