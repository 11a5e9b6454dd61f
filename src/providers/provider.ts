import type { ModelConfig } from '../config/config.ts'
import type { Answer, AnswerEvent, TokenUsage } from '../form/answer.ts'
import type { Notes } from '../form/notes.ts'
import type { AnswerFormat, ModelRequest } from '../form/request.ts'
import type { EmbeddingRelay, Relay, TokenCounter } from './relay.ts'
import type { Verdict } from './wire-fault.ts'

/** What is asked of one model. */
export interface ModelCall extends ModelRequest {
  model: ModelConfig
}

/**
 * An answer while it arrives.
 *
 * `read` resolves with the events of one network read, each as its provider wrote it (never none), then with
 * null once the provider has finished properly; from then on `answer` holds the whole of it.
 * It throws `ProviderError` when the stream breaks, stalls, or ends without a finish reason.
 */
export interface AnswerStream {
  read(): Promise<AnswerEvent[] | null>
  /** Throws before `read` has returned null. */
  readonly answer: Answer
  /** Stops the provider and frees its socket; harmless when finished. */
  cancel(): void
}

/** A company's API, or the offline demo. One per `[[providers]]` table. */
export interface Provider {
  readonly name: string
  /** False when its key is missing: calls would fail. */
  readonly available: boolean
  /** Take requests in the wire formats that are its own, one each. */
  readonly relays: readonly Relay[]
  readonly embeddings: EmbeddingRelay | null
  readonly counter: TokenCounter | null
  /** Whether the model can promise its answer in that form, of such a call; what it cannot is asked for by a tool. */
  takesFormat(format: AnswerFormat, call: ModelCall): boolean
  /** Tells what of a call the provider cannot be told as it was asked; it is adapted when the call is made all the same. */
  review(call: ModelCall, notes: Notes): void
  /** @throws ProviderError, never anything else */
  complete(call: ModelCall, signal: AbortSignal): Promise<Answer>
  /** Resolves once the provider has accepted the request (status 200). @throws ProviderError */
  stream(call: ModelCall, signal: AbortSignal): Promise<AnswerStream>
}

/**
 * How a provider call failed.
 *
 * `not_configured` no key · `unreachable` no connection · `timeout` one of our deadlines ·
 * `rejected` it answered with an error status · `invalid_response` an answer we cannot read ·
 * `truncated` the answer stopped half-way · `too_large` over `max_response_bytes` · `aborted` our own signal.
 */
export type ProviderFailure =
  | 'not_configured'
  | 'unreachable'
  | 'timeout'
  | 'rejected'
  | 'invalid_response'
  | 'truncated'
  | 'too_large'
  | 'aborted'

export interface ProviderErrorOptions {
  /** The provider's HTTP status, for `rejected`. */
  status?: number
  /** What the call used as far as known: null when the provider did no work (refused or never reached). */
  usage?: TokenUsage | null
  /** When the provider wants to be asked again, in whole seconds. */
  retryAfterS?: number
  /** What the provider said, where it said so. */
  verdict?: Pick<Verdict, 'code' | 'param'>
  cause?: unknown
}

/** A failed provider call. `message` is a sentence for the tenant: no address, no key, no header of the provider. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly status: number | null
  readonly usage: TokenUsage | null
  readonly verdict: Pick<Verdict, 'code' | 'param'> | null
  readonly retryAfterS: number | undefined

  constructor(
    readonly failure: ProviderFailure,
    message: string,
    options: ProviderErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.status = options.status ?? null
    this.usage = options.usage ?? null
    this.verdict = options.verdict ?? null
    this.retryAfterS = options.retryAfterS
  }
}
