import type { AresError } from '../errors.ts'
import type { Execute } from '../execution/execute.ts'
import type { MeterDeps } from '../execution/metered-calls.ts'
import type { Owner } from '../execution/owner.ts'
import { runError } from '../execution/run-error.ts'
import { type Conversed, converse } from '../execution/tool-loop.ts'
import { saidIn } from '../form/parts.ts'
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
 * @throws AresError as `resolveChat` and `Execute`; after the settled run as `runError`
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
      contentOf: (result) => chatContent(request, result.ok ? saidIn(result.parts) : null),
      replyOf: (result, settled): ChatReply | AresError => {
        if (!result.ok) return runError(result)
        return {
          id: settled.id,
          content: saidIn(result.parts),
          model: model.id,
          tokens_used: tokensOf(settled),
          tokens_estimated: settled.tokens_estimated === 1,
          finish_reason: chatFinishReason(result),
        }
      },
    })
  }
}

/** A chat has no calls to hand back. */
export function chatFinishReason({
  finishReason,
}: Conversed): 'stop' | 'length' | 'content_filter' {
  return finishReason === 'tool_calls' ? 'stop' : finishReason
}

/** What is kept of a chat. */
export function chatContent({ messages }: PlaygroundRequest, text: string | null) {
  return {
    input: JSON.stringify({ messages }),
    output: text === null ? null : JSON.stringify({ content: text }),
  }
}
