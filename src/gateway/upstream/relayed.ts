import type { Pieces } from '../../execution/answer-session.ts'
import type { CatalogEntry } from '../../providers/catalog.ts'
import { endsEvent } from '../../providers/event-cutter.ts'
import type { Answer } from '../../form/answer.ts'
import type { Relay, RelayRequest, RelayStream } from '../../providers/relay.ts'
import type { AresError } from '../../errors.ts'
import { type MeterDeps, MeteredCalls } from '../../execution/metered-calls.ts'
import type { Retelling } from '../form/native.ts'
import type { RenderContext, SurfaceStream } from '../form/surface.ts'
import { withoutEmptyUsage, withoutLastUsage } from './relayed-usage.ts'
import type {
  Reply,
  Said,
  Upstream,
  UpstreamResult,
  UpstreamStream,
  WholeResult,
} from './upstream.ts'

export interface RelayedParts<Body> {
  deps: MeterDeps
  entry: CatalogEntry
  relay: Relay
  request: RelayRequest
  /** What is kept of the request. */
  input: string
  /** Where the hints stand in the client's request that the provider is not given. */
  leftOut: readonly string[]
  /** Whether the client is to see the event that only says what was used. */
  showsUsage: boolean
  stream: (context: RenderContext<Body>) => SurfaceStream
  /** Begins to tell an answer that is kept, where it is not told as it came. */
  retell: (context: RenderContext<Body>) => Retelling | undefined
}

/** An answer of a provider that speaks the client's format: its bytes are handed through, and only read on the way. */
export class Relayed<Body> implements Upstream<Body> {
  readonly #parts: RelayedParts<Body>

  constructor(parts: RelayedParts<Body>) {
    this.#parts = parts
  }

  get leftOut(): readonly string[] {
    return this.#parts.leftOut
  }

  get input(): string {
    return this.#parts.input
  }

  async complete(context: RenderContext<Body>, signal: AbortSignal): Promise<WholeResult> {
    const { deps, entry, relay, request, retell } = this.#parts
    const calls = new MeteredCalls<Said & { reply: Reply }>(deps, entry.providerName, signal)
    const reply = await calls.step(() => relay.complete(request, signal))
    if (reply) {
      const { parts, finishReason, usage } = reply.answer
      await calls.answered(usage)
      const retold = retell(context)?.reply(reply.body)
      calls.end({ parts, finishReason, retold, reply: retold ? { body: retold } : reply })
    }
    return calls.result!
  }

  open(context: RenderContext<Body>, signal: AbortSignal): UpstreamStream {
    return new RelayedStream(this.#parts, context, signal)
  }
}

class RelayedStream<Body> implements UpstreamStream {
  readonly #parts: RelayedParts<Body>
  readonly #context: RenderContext<Body>
  readonly #signal: AbortSignal
  readonly #calls: MeteredCalls<Said>
  readonly #held: Uint8Array[] = []
  readonly #retelling: Retelling | undefined
  #stream: RelayStream | null = null
  #begun = false

  constructor(parts: RelayedParts<Body>, context: RenderContext<Body>, signal: AbortSignal) {
    this.#parts = parts
    this.#context = context
    this.#signal = signal
    this.#calls = new MeteredCalls(parts.deps, parts.entry.providerName, signal)
    this.#retelling = parts.retell(context)
  }

  get result(): UpstreamResult | undefined {
    return this.#calls.result
  }

  async read(): Promise<Uint8Array | null> {
    while (!this.result) {
      const events = await this.#calls.step(() => this.#next())
      if (this.result) break
      if (events === null) await this.#finish(this.#stream!.answer)
      else if (this.#stream!.finishing) this.#held.push(this.#told(events))
      else {
        this.#begun = true
        return this.#told(events)
      }
    }
    return null
  }

  #told(events: Uint8Array): Uint8Array {
    return this.#retelling?.events(events) ?? events
  }

  end(): Pieces<Uint8Array> {
    return [() => this.#rest()]
  }

  /** What was held back until the run is recorded, and what is missing behind it. */
  #rest(): Uint8Array {
    const { relay, showsUsage } = this.#parts
    const bytes = joined(this.#held)
    const shown = showsUsage ? bytes : withoutLastUsage(bytes)
    // Some servers leave out how the format ends, or the blank line behind it; its clients wait for both.
    const missing = this.#stream!.ended ? '' : ENDINGS[relay.wire]
    if (endsEvent(shown, shown.length) && missing === '') return shown
    return Buffer.concat([shown, Buffer.from(`\n\n${missing}`)])
  }

  fail(error: AresError, requestId: string): Uint8Array {
    const context = { ...this.#context, begun: this.#begun }
    return Buffer.from(this.#parts.stream(context).fail(error, requestId))
  }

  async #finish({ parts, finishReason, usage }: Answer): Promise<void> {
    await this.#calls.answered(usage)
    this.#calls.end({ parts, finishReason, retold: this.#retelling?.whole })
  }

  async #next(): Promise<Uint8Array | null> {
    const { relay, request } = this.#parts
    this.#stream ??= await relay.stream(request, this.#signal)
    const events = await this.#stream.read()
    return events === null || relay.wire !== 'openai' ? events : withoutEmptyUsage(events)
  }
}

/** Bytes that follow each other; what is one piece is not copied. */
function joined(pieces: Uint8Array[]): Buffer {
  const [only] = pieces
  if (!only || pieces.length > 1) return Buffer.concat(pieces)
  return Buffer.from(only.buffer, only.byteOffset, only.length)
}

const ENDINGS = {
  openai: 'data: [DONE]\n\n',
  completions: 'data: [DONE]\n\n',
  anthropic: 'event: message_stop\ndata: {"type":"message_stop"}\n\n',
  // Their last events are like any other.
  gemini: '',
  responses: '',
}
