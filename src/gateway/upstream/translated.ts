import type { AresError } from '../../errors.ts'
import type { CatalogEntry } from '../../providers/catalog.ts'
import type { Answer } from '../../form/answer.ts'
import type { Relay, RelayReply, RelayRequest, RelayStream, Wire } from '../../providers/relay.ts'
import type { ReplyMeta } from '../providers-side/anthropic-reply-to-chat.ts'
import { AnthropicStreamToChat } from '../providers-side/anthropic-stream-to-chat.ts'
import type { ChatChunk, ChatReply } from '../form/chat-format.ts'
import { chatReply, metaOf, usageChunk } from '../form/chat-reply.ts'
import type { Dialect, RenderContext, StreamRenderer } from '../form/dialect.ts'
import { type MeterDeps, MeteredCalls } from '../../execution/metered-calls.ts'
import { OpenAiStreamToChat } from '../providers-side/openai-stream-to-chat.ts'
import { asArray, asObject } from '../../providers/json-shape.ts'
import type {
  Reply,
  Said,
  Upstream,
  UpstreamResult,
  UpstreamStream,
  WholeResult,
} from './upstream.ts'

type AnyBody = { model: string; stream?: boolean | null }

export interface TranslatedParts<Body extends AnyBody> {
  deps: MeterDeps
  entry: CatalogEntry
  relay: Relay
  request: RelayRequest
  /** What is kept of the request. */
  input: string
  dialect: Dialect<Body>
}

/** An answer of a provider that speaks another format than the client. */
export class Translated<Body extends AnyBody> implements Upstream<Body> {
  readonly #parts: TranslatedParts<Body>

  constructor(parts: TranslatedParts<Body>) {
    this.#parts = parts
  }

  get input(): string {
    return this.#parts.input
  }

  async complete(context: RenderContext<Body>, signal: AbortSignal): Promise<WholeResult> {
    const { deps, entry, relay, request, dialect } = this.#parts
    const calls = new MeteredCalls<Said & { reply: Reply }>(deps, entry.providerName, signal)
    const answer = await calls.step(() => relay.complete(request, signal))
    if (answer) {
      const { parts, usage } = answer.answer
      await calls.answered(usage)
      const chat = toChatReply(relay.wire, answer, metaOf(context))
      calls.end({ parts, reply: { body: dialect.renderReply(chat, context) } })
    }
    return calls.result!
  }

  open(context: RenderContext<Body>, signal: AbortSignal): UpstreamStream {
    return new TranslatedStream(this.#parts, context, signal)
  }
}

class TranslatedStream<Body extends AnyBody> implements UpstreamStream {
  readonly #parts: TranslatedParts<Body>
  readonly #signal: AbortSignal
  readonly #calls: MeteredCalls<Said>
  readonly #meta: ReplyMeta
  readonly #renderer: StreamRenderer
  readonly #toChat: { push(data: string): ChatChunk[] }
  #stream: RelayStream | null = null
  /** Written, but not handed out yet. */
  #fresh = ''
  #held = ''

  constructor(parts: TranslatedParts<Body>, context: RenderContext<Body>, signal: AbortSignal) {
    this.#parts = parts
    this.#signal = signal
    this.#calls = new MeteredCalls(parts.deps, parts.entry.providerName, signal)
    this.#meta = metaOf(context)
    this.#renderer = parts.dialect.renderStream(context)
    this.#toChat = new READERS[parts.relay.wire](this.#meta)
  }

  get result(): UpstreamResult | undefined {
    return this.#calls.result
  }

  async read(): Promise<Uint8Array | null> {
    while (!this.result) {
      const events = await this.#calls.step(() => this.#next())
      if (this.result) break
      const text = this.#takeFresh()
      if (events === null) await this.#finish(this.#stream!.answer)
      else if (this.#stream!.finishing) this.#held += text
      else if (text !== '') return Buffer.from(text)
    }
    return null
  }

  end(): Uint8Array {
    const { usage } = this.result!
    const told = this.#renderer.push(usageChunk(this.#meta, usage))
    return Buffer.from(this.#held + told + this.#renderer.end())
  }

  fail(error: AresError, requestId: string): Uint8Array {
    return Buffer.from(this.#renderer.fail(error, requestId))
  }

  async #finish({ parts, usage }: Answer): Promise<void> {
    await this.#calls.answered(usage)
    this.#calls.end({ parts })
  }

  async #next(): Promise<Uint8Array | null> {
    const { relay, request } = this.#parts
    this.#stream ??= await relay.stream(request, this.#signal, (data) => this.#translate(data))
    return this.#stream.read()
  }

  /** What was used is told at the end, as it is recorded. */
  #translate(data: string): void {
    for (const chunk of this.#toChat.push(data)) {
      if (chunk.choices.length > 0) this.#fresh += this.#renderer.push(chunk)
    }
  }

  #takeFresh(): string {
    const fresh = this.#fresh
    this.#fresh = ''
    return fresh
  }
}

const READERS = { openai: OpenAiStreamToChat, anthropic: AnthropicStreamToChat }

/** With the usage that is recorded, which may be an estimate. */
function toChatReply(wire: Wire, { body, answer }: RelayReply, meta: ReplyMeta): ChatReply {
  const reply = chatReply(meta, answer)
  if (wire === 'openai') {
    reply.choices[0]!.logprobs = asObject(asArray(body['choices'])[0])['logprobs'] ?? null
  }
  return reply
}
