import type { AresError } from '../../errors.ts'
import type { Wire } from '../../providers/relay.ts'
import type { RunKind } from '../../run-ids.ts'
import type { ChatBody, ChatChunk, ChatReply } from './chat-format.ts'

/*
 * The compatible surfaces. Each speaks a format of its own to its clients; between them and the providers stands one
 * form, that of OpenAI's chat completions:
 *
 *   client's format             the one form between              provider's format
 *   chat completions  ──────┐                               ┌──  OpenAI's (any compatible server)
 *   messages          ──────┼──  ChatBody, ChatReply,  ─────┼──  Anthropic's
 *   responses         ──────┘    ChatChunk                  └──  an agent, or the offline demo
 *
 * Where client and provider speak the same format, the bytes are relayed and only read on the way.
 */

/** One of the formats that clients speak. `Body` is its request, checked against its schema. */
export interface Dialect<Body extends { model: string; stream?: boolean | null }> {
  kind: RunKind
  /** The format of providers whose answers need no translation; null when there is none. */
  native: Wire | null
  /**
   * The request in the one form.
   *
   * @throws AresError `invalid` that names every field which cannot be said in it; nothing is dropped silently
   */
  toChat(body: Body): ChatBody
  /** Where a mistake in the translated request stands in the client's own; without it both are the same. */
  placeOf?(path: string, body: Body): string
  /** A whole answer in the client's format. `model` is the id that the client asked for. */
  renderReply(reply: ChatReply, request: RenderContext<Body>): object
  /** Begins a streamed answer. */
  renderStream(request: RenderContext<Body>): StreamRenderer
}

export interface RenderContext<Body> {
  body: Body
  /** The recorded run. */
  runId: string
  /** Seconds since 1970. */
  created: number
}

/** Writes a streamed answer as text of server-sent events, in the client's format. */
export interface StreamRenderer {
  /** The events for what has arrived; empty when there is nothing to say yet. */
  push(chunk: ChatChunk): string
  /** What is sent once the provider has finished and the run is recorded. */
  end(): string
  /** What is sent instead of `end` when the answer breaks off. */
  fail(error: AresError, requestId: string): string
}
