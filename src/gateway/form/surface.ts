import type { Caller } from '../../caller/caller.ts'
import type { StatementReader } from '../../db/statements.ts'
import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import type { Answer, AnswerEvent } from '../../form/answer.ts'
import type { Notes } from '../../form/notes.ts'
import type { ModelRequest } from '../../form/request.ts'
import type { Wire } from '../../providers/relay.ts'
import type { KeptResponse } from '../../ledger/run-row.ts'
import type { RunKind } from '../../run-ids.ts'
import type { NativeAsk, Retelling } from './native.ts'

/** What a compatible surface can hand on. */
export type SurfaceBody = { model: string; stream?: boolean | null }

/** One of the formats that clients speak. `Body` is its request, checked against its schema. */
export interface Surface<Body extends SurfaceBody> {
  kind: RunKind
  /** The wire of providers whose answers need no translation; null when there is none. */
  native: Wire | null
  /** Puts what a request refers to in its place. @throws AresError `not_found`, `invalid` */
  recall?(reads: StatementReader, caller: Caller, body: Body): Promise<Recalled<Body>>
  /** What has to be right whoever answers, where the schema cannot say it; `request` checks it too. */
  check?(body: Body, notes: Notes): void
  /** The request for a provider of its own wire; without it, as its client wrote it. */
  forNative?(body: Body, ask: NativeAsk): Record<string, unknown>
  /** Begins to tell an answer of such a provider that is kept; without it, it is told as it came. */
  retell?(context: RenderContext<Body>): Retelling
  /** The request in the one form. What is wrong in it, or has no place there, is told in the notes. */
  request(body: Body, notes: Notes): ModelRequest
  /** A whole answer in the client's format. */
  reply(answer: Answer, context: RenderContext<Body>): object
  /** Begins a streamed answer. */
  stream(context: RenderContext<Body>): SurfaceStream
}

/** A request that is whole in itself. */
export interface Recalled<Body> {
  body: Body
  /** Where the client wrote what stands at a place of `body`; both JSON pointers. */
  placeOf: (at: string) => string
  /** What is kept beside the answer, for those who refer to it later; null when the client wants nothing kept. */
  kept: Omit<KeptResponse, 'response'> | null
}

export interface RenderContext<Body> {
  body: Body
  /** The recorded run. */
  runId: string
  /** Seconds since 1970. */
  created: number
  /** Whether the answer can be referred to later. */
  kept?: boolean
  /** Whether a stream of it has begun already, in its provider's words. */
  begun?: boolean
}

/** How a streamed answer ended. */
export type Ending = Pick<Answer, 'finishReason' | 'stopSequence' | 'usage'>

/** Writes a streamed answer as text of server-sent events, in the client's format. */
export interface SurfaceStream {
  /** The client's events for what has arrived; empty when there is nothing to say yet. */
  push(events: readonly AnswerEvent[]): string
  /** What is sent once the provider has finished and the run is recorded. */
  end(ending: Ending): Pieces<string>
  /** What is sent instead of `end` when the answer breaks off. */
  fail(error: AresError, requestId: string): string
}
