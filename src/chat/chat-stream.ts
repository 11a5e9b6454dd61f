import type { AresError } from '../errors.ts'
import type { ArrivingAnswer, Pieces } from '../execution/answer-session.ts'
import type { FailedCall } from '../execution/failed-call.ts'
import type { Owner } from '../execution/owner.ts'
import { runError } from '../execution/run-error.ts'
import {
  type ConversationResult,
  type ConversationStream,
  streamConversation,
} from '../execution/tool-loop.ts'
import { eventStream } from '../http/sse.ts'
import { type SettledRun, tokensOf } from '../ledger/run-row.ts'
import { saidBy } from '../form/answer.ts'
import { saidIn } from '../form/parts.ts'
import { chatContent, type ChatDeps, chatFinishReason } from './chat.ts'
import { resolveChat } from './resolve-chat.ts'
import type { ChatEvent, PlaygroundRequest } from './schema.ts'
import { splitDelta } from './split-delta.ts'

export type ChatStream = (owner: Owner, request: PlaygroundRequest) => Promise<Response>

/**
 * An answer as it arrives. Resolves with the event stream once the first text is there, so that an earlier fault is an
 * ordinary error; the last event is sent after the run is recorded.
 *
 * @throws AresError as `createChat`
 * Source: V1 Client API, "Stream a Chat Response"; contract 5.7.
 */
export function createChatStream(deps: ChatDeps): ChatStream {
  return async (owner, request) => {
    const { conversation, spending } = await resolveChat(deps, owner.caller, request)
    const events = await deps.execute.streamed(owner, {
      spending,
      model: conversation.entry.model,
      open: ({ signal }) => new ChatAnswer(streamConversation(deps, conversation, signal)),
      contentOf: (result) => chatContent(request, result.ok ? saidIn(result.told) : null),
    })
    return eventStream(events)
  }
}

/** What a model or agent says, as the events of a chat. */
class ChatAnswer implements ArrivingAnswer<string, ChatEvent, ConversationResult> {
  readonly #stream: ConversationStream

  constructor(stream: ConversationStream) {
    this.#stream = stream
  }

  /** Thoughts are not told. */
  async read(): Promise<string | null> {
    for (;;) {
      const events = await this.#stream.read()
      if (events === null) return null
      const text = saidBy(events)
      if (text !== '') return text
    }
  }

  get result(): ConversationResult | undefined {
    return this.#stream.result
  }

  tell(text: string, ready: ChatEvent[]): void {
    for (const delta of splitDelta(text)) ready.push({ delta, finish_reason: null })
  }

  errorOf(failed: FailedCall): AresError {
    return runError(failed)
  }

  end(settled: SettledRun): Pieces<ChatEvent> {
    const result = this.#stream.result!
    const finish_reason = result.ok ? chatFinishReason(result) : 'error'
    return [() => ({ delta: '', finish_reason, tokens_used: tokensOf(settled) })]
  }

  fail({ message }: AresError): ChatEvent {
    const { inputTokens, outputTokens } = this.#stream.result!.usage
    const tokens_used = inputTokens + outputTokens
    return { delta: '', finish_reason: 'error', error: message, tokens_used }
  }
}
