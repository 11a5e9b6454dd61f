import { type Completion, ProviderError, type TokenUsage } from '../providers/provider.ts'
import { failedCall } from './failed-call.ts'
import type { Spent, ToolLoopDeps } from './tool-loop.ts'
import type { UpstreamResult } from '../gateway/upstream/upstream.ts'

/** One provider call from its first step to its result: what it took, and how it ended. */
export class MeteredCall {
  result: UpstreamResult | undefined
  readonly #deps: ToolLoopDeps
  readonly #provider: string
  readonly #signal: AbortSignal
  #providerMs = 0

  constructor(deps: ToolLoopDeps, provider: string, signal: AbortSignal) {
    this.#deps = deps
    this.#provider = provider
    this.#signal = signal
  }

  /** Measures one step; its failure ends the call and gives null. */
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

  /** The provider has answered. */
  async finish({ text, toolCalls, usage }: Completion): Promise<void> {
    await this.#deps.health.succeeded(this.#provider)
    this.result = { ok: true, text, toolCalls, ...this.#spent(usage) }
  }

  async #fail(error: unknown): Promise<void> {
    const usage = error instanceof ProviderError ? error.usage : null
    const { health } = this.#deps
    const of = { provider: this.#provider, signal: this.#signal, health }
    this.result = { ...(await failedCall(error, of)), ...this.#spent(usage ?? NOTHING) }
  }

  #spent(usage: TokenUsage): Spent {
    return { usage, providerMs: this.#providerMs }
  }
}

const NOTHING: TokenUsage = { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: false }
