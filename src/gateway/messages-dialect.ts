import type { Dialect } from './dialect.ts'
import { renderMessage } from './messages-reply.ts'
import type { MessagesBody } from './messages-schema.ts'
import { MessagesStream } from './messages-stream.ts'
import { messagesToChat } from './messages-to-chat.ts'

/** Anthropic's Messages API, as clients speak it at `POST /v1/messages`. */
export const messagesDialect: Dialect<MessagesBody> = {
  kind: 'message',
  native: 'anthropic',
  toChat: messagesToChat,
  renderReply: renderMessage,
  renderStream: (request) => new MessagesStream(request),
}
