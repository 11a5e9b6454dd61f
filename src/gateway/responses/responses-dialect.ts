import type { Dialect } from '../form/dialect.ts'
import { placeInResponse } from './responses-places.ts'
import { renderResponse } from './responses-reply.ts'
import type { ResponsesBody } from './responses-schema.ts'
import { ResponseStream } from './responses-stream.ts'
import { responsesToChat } from './responses-to-chat.ts'

/**
 * OpenAI's Responses API without a memory: every request brings its whole conversation. It is always translated to chat
 * completions, which every compatible server speaks.
 */
export const responsesDialect: Dialect<ResponsesBody> = {
  kind: 'response',
  native: null,
  toChat: responsesToChat,
  placeOf: placeInResponse,
  renderReply: renderResponse,
  renderStream: (context) => new ResponseStream(context),
}
