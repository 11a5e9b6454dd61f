import type { Surface } from '../form/surface.ts'
import type { MessagesBody } from './messages-schema.ts'
import { nativeMessages } from './native.ts'
import { messagesReply } from './reply.ts'
import { messagesRequest } from './request.ts'
import { MessagesStream } from './stream.ts'

/** Anthropic's Messages API, as clients speak it at `POST /v1/messages`. */
export const messagesSurface: Surface<MessagesBody> = {
  kind: 'message',
  native: 'anthropic',
  forNative: nativeMessages,
  request: messagesRequest,
  reply: messagesReply,
  stream: (context) => new MessagesStream(context),
}
