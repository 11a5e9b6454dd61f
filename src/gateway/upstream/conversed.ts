import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import type { Conversation } from '../../execution/call-wording.ts'
import type { MeterDeps } from '../../execution/metered-calls.ts'
import { type ConversationStream, converse, streamConversation } from '../../execution/tool-loop.ts'
import { NO_USAGE } from '../../form/answer.ts'
import type { RenderContext, Surface, SurfaceBody, SurfaceStream } from '../form/surface.ts'
import type { Upstream, UpstreamResult, UpstreamStream, WholeResult } from './upstream.ts'

export interface ConversedParts<Body extends SurfaceBody> {
  deps: MeterDeps
  conversation: Conversation
  /** What is kept of the request. */
  input: string
  surface: Surface<Body>
  leftOut: readonly string[]
}

/** An answer in the one form, put into the client's: of a model, or of an agent, whose tools run here. */
export class Conversed<Body extends SurfaceBody> implements Upstream<Body> {
  readonly #parts: ConversedParts<Body>

  constructor(parts: ConversedParts<Body>) {
    this.#parts = parts
  }

  get input(): string {
    return this.#parts.input
  }

  get leftOut(): readonly string[] {
    return this.#parts.leftOut
  }

  async complete(context: RenderContext<Body>, signal: AbortSignal): Promise<WholeResult> {
    const { deps, conversation, surface } = this.#parts
    const ended = await converse(deps, conversation, signal)
    return ended.ok ? { ...ended, reply: { body: surface.reply(ended, context) } } : ended
  }

  open(context: RenderContext<Body>, signal: AbortSignal): UpstreamStream {
    const { deps, conversation, surface } = this.#parts
    return new ConversedStream(
      streamConversation(deps, conversation, signal),
      surface.stream(context),
    )
  }
}

class ConversedStream implements UpstreamStream {
  readonly #stream: ConversationStream
  readonly #surface: SurfaceStream

  constructor(stream: ConversationStream, surface: SurfaceStream) {
    this.#stream = stream
    this.#surface = surface
  }

  /** Of all steps, as they were told. */
  get result(): UpstreamResult | undefined {
    const ended = this.#stream.result
    return ended?.ok ? { ...ended, parts: ended.told } : ended
  }

  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const events = await this.#stream.read()
      if (events === null) return null
      const told = this.#surface.push(events)
      if (told !== '') return Buffer.from(told)
    }
  }

  end(): Pieces<string> {
    const ended = this.#stream.result
    return this.#surface.end(ended?.ok ? ended : STOPPED)
  }

  fail(error: AresError, requestId: string): Uint8Array {
    return Buffer.from(this.#surface.fail(error, requestId))
  }
}

/** Nobody asks for the end of an answer that failed. */
const STOPPED = { finishReason: 'stop', usage: NO_USAGE } as const
