import { AresError } from '../errors.ts'
import type { Execute } from '../execution/execute.ts'
import type { FailedCall } from '../execution/failed-call.ts'
import type { MeterDeps } from '../execution/metered-calls.ts'
import type { Owner } from '../execution/owner.ts'
import { converse } from '../execution/tool-loop.ts'
import { tokensOf } from '../ledger/run-row.ts'
import { resolveChat, type ResolveChatDeps } from './resolve-chat.ts'
import type { ChatReply, ChatRequest, PlaygroundRequest } from './schema.ts'

export interface ChatDeps extends ResolveChatDeps, MeterDeps {
  execute: Execute
}

export type Chat = (owner: Owner, request: ChatRequest) => Promise<ChatReply>

/**
 * A whole answer.
 *
 * @throws AresError as `resolveChat` and `Execute`; after the settled run as `chatError`
 * Source: V1 Client API, "Send a Chat Message".
 */
export function createChat(deps: ChatDeps): Chat {
  return async (owner, request) => {
    const { conversation, spending } = await resolveChat(deps, owner.caller, request)
    const { model } = conversation.entry
    return deps.execute.whole(owner, {
      spending,
      model,
      work: ({ signal }) => converse(deps, conversation, signal),
      contentOf: (result) => chatContent(request, result.ok ? result.text : null),
      replyOf: (result, settled): ChatReply | AresError => {
        if (!result.ok) return chatError(result)
        return {
          id: settled.id,
          content: result.text,
          model: model.id,
          tokens_used: tokensOf(settled),
          tokens_estimated: settled.tokens_estimated === 1,
          finish_reason: result.finishReason,
        }
      },
    })
  }
}

/** What is kept of a chat. */
export function chatContent({ messages }: PlaygroundRequest, text: string | null) {
  return {
    input: JSON.stringify({ messages }),
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
    case 'lease_lost':
      return new AresError('shutting_down', result.error)
    case 'client_gone':
      return new AresError('bad_request', result.error)
    default:
      return new AresError('provider_failed', result.error, { cause })
  }
}
