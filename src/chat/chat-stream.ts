import type { AresError } from '../errors.ts'
import { eventStream } from '../http/sse.ts'
import { toAresError } from '../http/error-handler.ts'
import type { Flight } from '../runs/in-flight.ts'
import type { Outcome } from '../runs/ledger-changes.ts'
import { finishRun, type StartedRun, startRun } from '../runs/spend.ts'
import {
  type Conversation,
  type ConversationResult,
  type ConversationStream,
  streamConversation,
} from '../runs/tool-loop.ts'
import { type ChatCall, chatContent, type ChatDeps, chatError, tokensUsed } from './chat.ts'
import { resolveChat } from './resolve-chat.ts'
import type { ChatEvent } from './schema.ts'
import { splitDelta } from './split-delta.ts'

export interface ChatStreamCall extends ChatCall {
  /** Called when the first text is there and the answer becomes a stream. */
  streaming: () => void
  /** Called once the run is settled, however it ended. */
  finished: (outcome: Outcome | null) => void
}

export type ChatStream = (call: ChatStreamCall) => Promise<Response>

/**
 * An answer as it arrives. Resolves with the event stream once the first text is there, so that an earlier fault is an
 * ordinary error; the last event is sent after the run is recorded.
 *
 * @throws AresError as `createChat`
 * Source: V1 Client API, "Stream a Chat Response"; contract §5.
 */
export function createChatStream(deps: ChatDeps): ChatStream {
  return async (call) => {
    const { conversation, spending } = await resolveChat(deps, call.caller, call.request)
    const flight = deps.inFlight.open(call.caller.tenantId, spending.provider, call.client)
    let session: ChatSession | undefined
    try {
      const started = await startRun(deps, call, spending)
      const stream = streamConversation(deps, conversation, flight.signal)
      session = new ChatSession(deps, { call, conversation, started, stream, flight })
      await session.begin()
    } catch (error) {
      if (!session) flight.land()
      throw error
    }
    call.streaming()
    return eventStream(session)
  }
}

interface SessionParts {
  call: ChatStreamCall
  conversation: Conversation
  started: StartedRun
  stream: ConversationStream
  flight: Flight
}

/** One streamed chat from its first text to its last event. */
class ChatSession {
  readonly #deps: ChatDeps
  readonly #parts: SessionParts
  /** Deltas that are read but not sent yet. */
  #ready: string[] = []
  #text = ''
  #ended = false
  /** The read under way: whoever needs the next text shares it. */
  #reading: Promise<void> | undefined
  #settled: Promise<Outcome> | undefined

  constructor(deps: ChatDeps, parts: SessionParts) {
    this.#deps = deps
    this.#parts = parts
    parts.flight.signal.addEventListener('abort', () => void this.#recordStopped(), { once: true })
  }

  /** Waits for the first text. @throws AresError when the conversation failed before it */
  async begin(): Promise<void> {
    const { clock } = this.#deps
    const startedMs = clock.monotonicMs()
    await this.#read()
    this.#parts.call.times.provider = clock.monotonicMs() - startedMs
    const { result } = this.#parts.stream
    if (!result || result.ok) return
    await this.#settle(result)
    throw chatError(result)
  }

  get ended(): boolean {
    return this.#ended
  }

  /** The next event; none after the last. */
  async next(): Promise<ChatEvent> {
    if (this.#ready.length === 0 && !this.#parts.stream.result) await this.#read()
    const delta = this.#ready.shift()
    if (delta !== undefined) return { delta, finish_reason: null }
    this.#ended = true
    return this.#lastEvent(this.#parts.stream.result!)
  }

  /** The client has gone: the provider is stopped and what was used is recorded. */
  abandon(): void {
    if (this.#ended) return
    this.#ended = true
    this.#parts.flight.abandon()
  }

  #read(): Promise<void> {
    this.#reading ??= this.#readOnce()
    return this.#reading
  }

  async #readOnce(): Promise<void> {
    const text = await this.#parts.stream.read()
    this.#reading = undefined
    if (text === null) return
    this.#text += text
    this.#ready.push(...splitDelta(text))
  }

  /** A client that has gone, or does not read, asks for no further event: a stopped stream is recorded without it. */
  async #recordStopped(): Promise<void> {
    while (!this.#parts.stream.result) await this.#read()
    // The ledger has logged a refusal of the storage and tries again by itself.
    await this.#settle(this.#parts.stream.result).catch(() => {})
  }

  async #lastEvent(result: ConversationResult): Promise<ChatEvent> {
    try {
      const outcome = await this.#settle(result)
      const tokens_used = tokensUsed(outcome)
      if (result.ok) return { delta: '', finish_reason: result.finishReason, tokens_used }
      return { delta: '', finish_reason: 'error', error: chatError(result).message, tokens_used }
    } catch (error) {
      return failedEvent(toAresError(error), result)
    }
  }

  #settle(result: ConversationResult): Promise<Outcome> {
    this.#settled ??= this.#settleNow(result)
    return this.#settled
  }

  async #settleNow(result: ConversationResult): Promise<Outcome> {
    const { call, conversation, started, flight } = this.#parts
    const { model } = conversation.entry
    const content = chatContent(call.request, this.#text)
    let outcome: Outcome | null = null
    try {
      const ended = { model, result, content, replyOf: itself }
      outcome = await finishRun(this.#deps, started, ended)
      return outcome
    } finally {
      flight.land()
      call.finished(outcome)
    }
  }
}

/** The last event is made of the outcome later on. */
const itself = (outcome: Outcome) => outcome

/** The run could not be recorded (yet): the client must not take the answer for done. */
function failedEvent(error: AresError, { usage }: ConversationResult): ChatEvent {
  const tokens_used = usage.inputTokens + usage.outputTokens
  return { delta: '', finish_reason: 'error', error: error.message, tokens_used }
}
