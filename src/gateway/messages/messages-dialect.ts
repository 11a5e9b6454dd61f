import type { Dialect } from '../form/dialect.ts'
import { renderMessage } from './messages-reply.ts'
import { placeInMessages } from './messages-places.ts'
import type { MessagesBody } from './messages-schema.ts'
import { MessagesStream } from './messages-stream.ts'
import { messagesToChat } from './messages-to-chat.ts'

/** Anthropic's Messages API, as clients speak it at `POST /v1/messages`. */
export const messagesDialect: Dialect<MessagesBody> = {
  kind: 'message',
  native: 'anthropic',
  toChat: messagesToChat,
  placeOf: placeInMessages,
  renderReply: renderMessage,
  renderStream: (request) => new MessagesStream(request),
}
