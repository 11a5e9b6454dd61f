import { type AnyElysia, Elysia } from 'elysia'
import { ownerOf } from '../execution/owner.ts'
import { documented } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { hot } from '../http/hot-routes.ts'
import { jsonBody } from '../http/json-body.ts'
import { refuseIdempotencyKey } from '../idempotency/claim.ts'
import { type OnceDeps, runOnce } from '../idempotency/once.ts'
import type { Chat } from './chat.ts'
import type { ChatStream } from './chat-stream.ts'
import { ChatEvent, ChatReply, ChatRequest } from './schema.ts'

export interface ChatRouteDeps extends OnceDeps {
  chat: Chat
  chatStream: ChatStream
}

const tags: [string] = ['Chat']

/** Chat with a model or agent, mounted under /v1. Source: V1 Client API, "Chat". */
export function chatRoutes(deps: ChatRouteDeps): AnyElysia {
  const { chat, chatStream } = deps
  return new Elysia({ name: 'chat' })
    .use(tenantGuard)
    .post(
      '/chat',
      hot<ChatRequest>((context) =>
        runOnce(deps, context, (claim) => chat(ownerOf(context, claim), context.body)),
      ),
      {
        ...jsonBody(ChatRequest),
        ...documented({
          summary: 'Send a chat message',
          description:
            '`agent_type` picks the oldest active agent of that type, else the agent of that name; an explicit `model` wins.',
          tags,
          once: true,
          replies: { 200: ChatReply },
          failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 502, 503, 504],
        }),
      },
    )
    .post(
      '/chat/stream',
      hot<ChatRequest>(async (context) => {
        refuseIdempotencyKey(context.request)
        return chatStream(ownerOf(context), context.body)
      }),
      {
        ...jsonBody(ChatRequest),
        ...documented({
          summary: 'Stream a chat response',
          description:
            'Each event is one line, `data: {json}`; the last one has a `finish_reason`. There is no `[DONE]`. An `Idempotency-Key` is refused with 422.',
          tags,
          mediaType: 'text/event-stream',
          replies: { 200: ChatEvent },
          failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 502, 503, 504],
        }),
      },
    )
}
