import type { ModelConfig } from '../config/config.ts'
import type { Notes } from '../form/notes.ts'
import type { Answer } from '../form/answer.ts'

/** The wire formats of providers: each family's, and OpenAI's oldest and newest. */
export type Wire = 'openai' | 'completions' | 'responses' | 'anthropic' | 'gemini'

/** A request that is ready in the provider's own wire format. */
export interface RelayRequest {
  model: ModelConfig
  /** As its client wrote it. The provider's name of the model, and what we need to know, is put in on the way. */
  body: Readonly<Record<string, unknown>>
  /** Sent beside our own. */
  headers?: Record<string, string>
  /** The tokens of what is sent; asked only when the provider does not report them. */
  countInput(): Promise<number>
}

/** A whole answer. */
export interface RelayReply {
  /** As the provider sent it. */
  text: string
  /** The same, parsed. */
  body: Record<string, unknown>
  /** What was read in it. */
  answer: Answer
}

/**
 * An answer while it arrives.
 *
 * `read` resolves with whole events as the provider sent them, byte for byte, then with null once it has finished
 * properly; from then on `answer` holds what was read in them. It throws `ProviderError` as
 * `AnswerStream.read` does. Nothing is handed out before the first event.
 */
export interface RelayStream {
  read(): Promise<Uint8Array | null>
  /** True once the provider has said why it finishes: what was read since the last false must wait for the record. */
  readonly finishing: boolean
  /** True once the provider has sent the event that its format ends with. */
  readonly ended: boolean
  /** Throws before `read` has returned null. */
  readonly answer: Answer
  /** Stops the provider and frees its socket; harmless when finished. */
  cancel(): void
}

/** Told the data of each event, after it was understood. */
export type OnEvent = (data: string) => void

/**
 * Requests and answers in the provider's own format, handed through and only read on the way. Deadlines, retries,
 * limits and errors are those of `Provider`.
 */
export interface Relay {
  readonly wire: Wire
  /** @throws ProviderError, never anything else */
  complete(request: RelayRequest, signal: AbortSignal): Promise<RelayReply>
  /** Resolves once the provider has accepted the request. @throws ProviderError */
  stream(request: RelayRequest, signal: AbortSignal, onEvent?: OnEvent): Promise<RelayStream>
}

/** The relay for requests in that format; undefined where the provider has none. */
export function relayFor(
  { relays }: { relays: readonly Relay[] },
  wire: Wire | null,
): Relay | undefined {
  return relays.find((relay) => relay.wire === wire)
}

/** Embeddings in OpenAI's format; the answer of a reply has usage only. */
export interface EmbeddingRelay {
  /** Fields of a request that only the provider's family has, and that ask for no other kind of answer. */
  readonly hints?: readonly string[]
  /** Tells what of a request the provider cannot be told. */
  review?(body: RelayRequest['body'], notes: Notes): void
  /** @throws ProviderError, never anything else */
  embed(request: RelayRequest, signal: AbortSignal): Promise<RelayReply>
}

/** Says how many tokens a prompt in its own format has. */
export interface TokenCounter {
  /** @throws ProviderError, never anything else */
  count(request: RelayRequest, signal: AbortSignal): Promise<number>
}
