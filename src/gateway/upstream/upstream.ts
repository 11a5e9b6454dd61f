import type { Pieces } from '../../execution/answer-session.ts'
import type { EventText } from '../../http/sse.ts'
import type { AresError } from '../../errors.ts'
import type { RunResult } from '../../execution/metered-calls.ts'
import type { AnswerPart, FinishReason } from '../../form/answer.ts'
import type { RenderContext } from '../form/surface.ts'

/** What was answered, as it is recorded. */
export interface Said {
  parts: AnswerPart[]
  finishReason: FinishReason
  /** The whole answer in the client's format, where its provider wrote it and it is kept. */
  retold?: object | undefined
}

/** How an answer ended. */
export type UpstreamResult = RunResult<Said>

/** A whole answer in the client's format. */
export interface Reply {
  body: object
  /** The same as its provider wrote it, where it is relayed. */
  text?: string
}

export type WholeResult = RunResult<Said & { reply: Reply }>

/** Where the answer to one request comes from, written in the client's format. */
export interface Upstream<Body> {
  /** JSON text of what was asked, as it is kept. */
  readonly input: string
  /** Where the hints stand in the client's request that the provider is not given, as JSON pointers. */
  readonly leftOut: readonly string[]
  /** A failure of the provider is a result. */
  complete(context: RenderContext<Body>, signal: AbortSignal): Promise<WholeResult>
  /** Asks for nothing before it is read. */
  open(context: RenderContext<Body>, signal: AbortSignal): UpstreamStream
}

/** An answer while it arrives. */
export interface UpstreamStream {
  /** The next whole events, or null when the answer has ended, well or badly; `result` tells. Never throws. */
  read(): Promise<Uint8Array | null>
  /** Set once `read` has returned null. */
  readonly result: UpstreamResult | undefined
  /** What is left to say once the run is recorded: the finish reason and all that follows it. */
  end(): Pieces<EventText>
  /** What is said instead when the answer breaks off. */
  fail(error: AresError, requestId: string): Uint8Array
}
