import { AresError } from '../errors.ts'
import type { FailedCall } from '../execution/failed-call.ts'
import type { InFlight } from '../execution/in-flight.ts'
import { type Outcome, tokensUsed } from '../ledger/ledger-changes.ts'
import { finishRun, type SpendDeps, type Spender, startRun } from '../execution/spend.ts'
import { converse, type ToolLoopDeps } from '../execution/tool-loop.ts'
import { resolveChat, type ResolveChatDeps } from './resolve-chat.ts'
import type { ChatReply, ChatRequest } from './schema.ts'

export interface ChatDeps extends ResolveChatDeps, SpendDeps, ToolLoopDeps {
  inFlight: InFlight
}

export interface ChatCall extends Spender {
  request: ChatRequest
  client: AbortSignal
}

export type Chat = (call: ChatCall) => Promise<ChatReply>

/**
 * A whole answer: resolve, reserve, converse, settle.
 *
 * @throws AresError as `resolveChat`, `InFlight.open` and `Ledger.reserve`; after the settled run `provider_failed`,
 *   `provider_timeout`
 * Source: V1 Client API, "Send a Chat Message".
 */
export function createChat(deps: ChatDeps): Chat {
  return async (call) => {
    const { caller, request, client } = call
    const { conversation, spending } = await resolveChat(deps, caller, request)
    const flight = deps.inFlight.open(caller.tenantId, spending.provider, client)
    try {
      const started = await startRun(deps, call, spending)
      const result = await converse(deps, conversation, flight.signal)
      const content = chatContent(request, result.ok ? result.text : null)
      const { model } = conversation.entry
      const replyOf = (outcome: Outcome): ChatReply | AresError => {
        if (!result.ok) return chatError(result)
        return {
          id: started.run.id,
          content: result.text,
          model: model.id,
          tokens_used: tokensUsed(outcome),
          tokens_estimated: outcome.usage.estimated,
          finish_reason: result.finishReason,
        }
      }
      const reply = await finishRun(deps, started, { model, result, content, replyOf })
      if (reply instanceof AresError) throw reply
      return reply
    } finally {
      flight.land()
    }
  }
}

/** What is kept of a chat. */
export function chatContent(request: ChatRequest, text: string | null) {
  return {
    input: JSON.stringify({ messages: request.messages }),
    output: text === null ? null : JSON.stringify({ content: text }),
  }
}

/** A failed conversation as the error a chat answers with. Runs answer with the failed run instead. */
export function chatError(result: FailedCall): AresError {
  const { cause } = result
  switch (result.failure) {
    case 'timeout':
      return new AresError('provider_timeout', result.error, { cause })
    case 'not_configured':
      return new AresError('provider_not_configured', result.error)
    case 'shutting_down':
      return new AresError('shutting_down', result.error)
    case 'client_gone':
      return new AresError('bad_request', result.error)
    default:
      return new AresError('provider_failed', result.error, { cause })
  }
}
