import type { Clock } from '../clock.ts'
import { NO_USAGE, type TokenUsage } from '../form/answer.ts'
import { ProviderError } from '../providers/provider.ts'
import { type FailedCall, failedCall, type ProviderWatch } from './failed-call.ts'

export interface MeterDeps {
  clock: Clock
  health: ProviderWatch
}

/** What the provider calls of a run took. */
export interface Spent {
  /** The sum over all provider calls, failed ones included. */
  usage: TokenUsage
  /** Spent waiting for the provider. */
  providerMs: number
}

export type FailedRun = Spent & FailedCall

/** How the work of a run ended: with what was answered, or with a failure that a sentence explains. */
export type RunResult<Answer extends object = object> = (Spent & Answer & { ok: true }) | FailedRun

/** The provider calls of one run, as many as it takes: how long they took, what they used, how they ended. */
export class MeteredCalls<Answer extends object> {
  /** Set by the end, good or bad. */
  result: RunResult<Answer> | undefined
  readonly #deps: MeterDeps
  readonly #provider: string
  readonly #signal: AbortSignal
  readonly #usage: TokenUsage = { ...NO_USAGE }
  #providerMs = 0

  constructor(deps: MeterDeps, provider: string, signal: AbortSignal) {
    this.#deps = deps
    this.#provider = provider
    this.#signal = signal
  }

  /** Measures one step of a call; its failure ends the run and gives null. */
  async step<T>(work: () => Promise<T>): Promise<T | null> {
    const { clock } = this.#deps
    const startedMs = clock.monotonicMs()
    let failure: unknown
    try {
      return await work()
    } catch (error) {
      failure = error
    } finally {
      this.#providerMs += clock.monotonicMs() - startedMs
    }
    await this.#fail(failure)
    return null
  }

  /** The provider has answered a call, which took this. */
  answered(usage: TokenUsage): Promise<void> {
    this.#add(usage)
    return this.#deps.health.succeeded(this.#provider)
  }

  /** The run has its answer. */
  end(answer: Answer): void {
    this.result = { ...answer, ok: true, ...this.#spent() }
  }

  /** The run ends without one. */
  giveUp(failed: FailedCall): void {
    this.result = { ...failed, ...this.#spent() }
  }

  async #fail(error: unknown): Promise<void> {
    if (error instanceof ProviderError && error.usage) this.#add(error.usage)
    const { health } = this.#deps
    this.giveUp(await failedCall(error, { provider: this.#provider, signal: this.#signal, health }))
  }

  #add(usage: TokenUsage): void {
    const { reasoningTokens } = usage
    this.#usage.inputTokens += usage.inputTokens
    this.#usage.outputTokens += usage.outputTokens
    this.#usage.cachedTokens += usage.cachedTokens
    this.#usage.cacheWriteTokens += usage.cacheWriteTokens
    if (reasoningTokens !== undefined) {
      this.#usage.reasoningTokens = (this.#usage.reasoningTokens ?? 0) + reasoningTokens
    }
    this.#usage.estimated ||= usage.estimated
  }

  #spent(): Spent {
    return { usage: this.#usage, providerMs: this.#providerMs }
  }
}
