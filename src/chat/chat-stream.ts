import type { AresError } from '../errors.ts'
import type { AnswerProgress } from '../http/answer-progress.ts'
import { eventStream } from '../http/sse.ts'
import { AnswerSession, type ArrivingAnswer } from '../execution/answer-session.ts'
import type { Flight } from '../execution/in-flight.ts'
import type { FailedCall } from '../execution/failed-call.ts'
import { type Outcome, tokensUsed } from '../ledger/ledger-changes.ts'
import { finishRun, type StartedRun, startRun } from '../execution/spend.ts'
import {
  type Conversation,
  type ConversationResult,
  type ConversationStream,
  streamConversation,
} from '../execution/tool-loop.ts'
import { type ChatCall, chatContent, type ChatDeps, chatError } from './chat.ts'
import { resolveChat } from './resolve-chat.ts'
import type { ChatEvent } from './schema.ts'
import { splitDelta } from './split-delta.ts'

export interface ChatStreamCall extends ChatCall, AnswerProgress {}

export type ChatStream = (call: ChatStreamCall) => Promise<Response>

/**
 * An answer as it arrives. Resolves with the event stream once the first text is there, so that an earlier fault is an
 * ordinary error; the last event is sent after the run is recorded.
 *
 * @throws AresError as `createChat`
 * Source: V1 Client API, "Stream a Chat Response"; contract 5.7.
 */
export function createChatStream(deps: ChatDeps): ChatStream {
  return async (call) => {
    const { conversation, spending } = await resolveChat(deps, call.caller, call.request)
    const flight = deps.inFlight.open(call.caller.tenantId, spending.provider, call.client)
    let session: ChatSession | undefined
    try {
      const started = await startRun(deps, call, spending)
      session = new AnswerSession({
        clock: deps.clock,
        answer: new ChatAnswer(deps, { call, conversation, started, flight }),
        flight,
        begun: (ms) => {
          call.times.provider = ms
        },
      })
      await session.begin()
    } catch (error) {
      if (!session) flight.land()
      throw error
    }
    call.streaming()
    return eventStream(session)
  }
}

type ChatSession = AnswerSession<string, ChatEvent>

interface ChatAnswerParts {
  call: ChatStreamCall
  conversation: Conversation
  started: StartedRun
  flight: Flight
}

/** What a model or agent says, as the events of a chat. */
class ChatAnswer implements ArrivingAnswer<string, ChatEvent> {
  readonly #deps: ChatDeps
  readonly #parts: ChatAnswerParts
  readonly #stream: ConversationStream

  constructor(deps: ChatDeps, parts: ChatAnswerParts) {
    this.#deps = deps
    this.#parts = parts
    this.#stream = streamConversation(deps, parts.conversation, parts.flight.signal)
  }

  read(): Promise<string | null> {
    return this.#stream.read()
  }

  get result(): ConversationResult | undefined {
    return this.#stream.result
  }

  tell(text: string, ready: ChatEvent[]): void {
    for (const delta of splitDelta(text)) ready.push({ delta, finish_reason: null })
  }

  async settle(): Promise<void> {
    const { call, conversation, started, flight } = this.#parts
    const { model } = conversation.entry
    const result = this.#stream.result!
    const content = chatContent(call.request, result.ok ? result.said : null)
    let outcome: Outcome | null = null
    try {
      const ended = { model, result, content, replyOf: itself }
      outcome = await finishRun(this.#deps, started, ended)
    } finally {
      flight.land()
      call.finished(outcome)
    }
  }

  errorOf(failed: FailedCall): AresError {
    return chatError(failed)
  }

  end(): ChatEvent {
    const result = this.#stream.result!
    const finish_reason = result.ok ? result.finishReason : 'error'
    return { delta: '', finish_reason, tokens_used: tokensUsed(result) }
  }

  fail({ message }: AresError): ChatEvent {
    const tokens_used = tokensUsed(this.#stream.result!)
    return { delta: '', finish_reason: 'error', error: message, tokens_used }
  }
}

/** What the last event says is known without the outcome. */
const itself = (outcome: Outcome) => outcome
