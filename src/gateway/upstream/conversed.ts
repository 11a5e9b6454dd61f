import { saidBy } from '../../form/answer.ts'
import type { AresError } from '../../errors.ts'
import {
  type Conversation,
  type ConversationStream,
  converse,
  streamConversation,
} from '../../execution/tool-loop.ts'
import type { MeterDeps } from '../../execution/metered-calls.ts'
import type { ReplyMeta } from '../providers-side/anthropic-reply-to-chat.ts'
import { chatChunk, chatReply, metaOf, usageChunk } from '../form/chat-reply.ts'
import type { Dialect, RenderContext, StreamRenderer } from '../form/dialect.ts'
import type { Upstream, UpstreamResult, UpstreamStream, WholeResult } from './upstream.ts'

type AnyBody = { model: string; stream?: boolean | null }

export interface ConversedParts<Body extends AnyBody> {
  deps: MeterDeps
  conversation: Conversation
  /** What is kept of the request. */
  input: string
  dialect: Dialect<Body>
}

/** An answer of one of the tenant's agents, whose tools run here, or of the offline demo: text. */
export class Conversed<Body extends AnyBody> implements Upstream<Body> {
  readonly #parts: ConversedParts<Body>

  constructor(parts: ConversedParts<Body>) {
    this.#parts = parts
  }

  get input(): string {
    return this.#parts.input
  }

  async complete(context: RenderContext<Body>, signal: AbortSignal): Promise<WholeResult> {
    const { deps, conversation, dialect } = this.#parts
    const ended = await converse(deps, conversation, signal)
    if (!ended.ok) return ended
    const reply = chatReply(metaOf(context), ended)
    return { ...ended, reply: { body: dialect.renderReply(reply, context) } }
  }

  open(context: RenderContext<Body>, signal: AbortSignal): UpstreamStream {
    const { deps, conversation, dialect } = this.#parts
    const stream = streamConversation(deps, conversation, signal)
    return new ConversedStream(stream, metaOf(context), dialect.renderStream(context))
  }
}

class ConversedStream implements UpstreamStream {
  readonly #stream: ConversationStream
  readonly #meta: ReplyMeta
  readonly #renderer: StreamRenderer
  #begun = false

  constructor(stream: ConversationStream, meta: ReplyMeta, renderer: StreamRenderer) {
    this.#stream = stream
    this.#meta = meta
    this.#renderer = renderer
  }

  /** Of all steps, as they were told. */
  get result(): UpstreamResult | undefined {
    const ended = this.#stream.result
    return ended?.ok ? { ...ended, parts: ended.told } : ended
  }

  async read(): Promise<Uint8Array | null> {
    const read = await this.#stream.read()
    if (read === null) return null
    const text = saidBy(read)
    if (text === '') return this.read()
    const events = this.#begin() + this.#renderer.push(chatChunk(this.#meta, { content: text }))
    return Buffer.from(events)
  }

  end(): Uint8Array {
    const ended = this.#stream.result!
    const finish = ended.ok ? ended.finishReason : 'stop'
    return Buffer.from(
      this.#begin() +
        this.#renderer.push(chatChunk(this.#meta, {}, finish)) +
        this.#renderer.push(usageChunk(this.#meta, ended.usage)) +
        this.#renderer.end(),
    )
  }

  fail(error: AresError, requestId: string): Uint8Array {
    return Buffer.from(this.#renderer.fail(error, requestId))
  }

  #begin(): string {
    if (this.#begun) return ''
    this.#begun = true
    return this.#renderer.push(chatChunk(this.#meta, { role: 'assistant', content: '' }))
  }
}
