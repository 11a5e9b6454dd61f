import type { ModelConfig } from '../config/config.ts'
import type { EmbeddingRelay, Relay, TokenCounter } from './relay.ts'

/** A tool the model may ask for. `parameters` is a JSON Schema object. */
export interface ToolSpec {
  name: string
  description: string
  parameters: Record<string, unknown>
}

/** A tool the model did ask for. `arguments` is the JSON text as the model wrote it, which may be broken. */
export interface ToolCall {
  id: string
  name: string
  arguments: string
}

export type Message =
  | { role: 'system'; content: string }
  | { role: 'user'; content: string }
  | { role: 'assistant'; content: string; toolCalls?: ToolCall[] }
  | { role: 'tool'; toolCallId: string; content: string }

export interface CompletionRequest {
  model: ModelConfig
  messages: Message[]
  tools?: ToolSpec[]
  maxTokens?: number
  temperature?: number
  topP?: number
}

/** Tokens of one provider call. `estimated` when the provider did not report a sane figure and we counted. */
export interface TokenUsage {
  inputTokens: number
  outputTokens: number
  /** Part of `inputTokens` that the provider served from its prompt cache. */
  cachedTokens: number
  estimated: boolean
}

/** Of a call that nothing was used for. */
export const NO_USAGE: Readonly<TokenUsage> = {
  inputTokens: 0,
  outputTokens: 0,
  cachedTokens: 0,
  estimated: false,
}

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls'

/** One whole answer of a model. */
export interface Completion {
  text: string
  toolCalls: ToolCall[]
  finishReason: FinishReason
  usage: TokenUsage
}

/**
 * An answer while it arrives.
 *
 * `read` resolves with the text of one network read (its deltas merged, never empty), then with
 * null once the provider has finished properly; from then on `completion` holds the whole answer.
 * It throws `ProviderError` when the stream breaks, stalls, or ends without a finish reason.
 */
export interface CompletionStream {
  read(): Promise<string | null>
  /** The whole answer; throws before `read` has returned null. */
  readonly completion: Completion
  /** Stops the provider and frees its socket; harmless when finished. */
  cancel(): void
}

/** A company's API, or the offline demo. One per `[[providers]]` table. */
export interface Provider {
  readonly name: string
  /** False when its key is missing: calls would fail. */
  readonly available: boolean
  /** Takes requests in its own wire format; null when it has none. */
  readonly relay: Relay | null
  readonly embeddings: EmbeddingRelay | null
  readonly counter: TokenCounter | null
  /** @throws ProviderError, never anything else */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>
  /** Resolves once the provider has accepted the request (status 200). @throws ProviderError */
  stream(request: CompletionRequest, signal: AbortSignal): Promise<CompletionStream>
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
  cause?: unknown
}

/** A failed provider call. `message` is a sentence for the tenant: no address, no key, no header of the provider. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError'
  readonly status: number | null
  readonly usage: TokenUsage | null

  constructor(
    readonly failure: ProviderFailure,
    message: string,
    options: ProviderErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.status = options.status ?? null
    this.usage = options.usage ?? null
  }
}
