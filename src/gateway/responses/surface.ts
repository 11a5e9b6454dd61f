import type { Surface } from '../form/surface.ts'
import { recall } from './kept/recall.ts'
import { responsesReply } from './reply.ts'
import { responsesRequest } from './request.ts'
import type { ResponsesBody } from './responses-schema.ts'
import { ResponseStream } from './stream.ts'

/** OpenAI's Responses API, which every provider's answers are put into. */
export const responsesSurface: Surface<ResponsesBody> = {
  kind: 'response',
  native: null,
  recall,
  request: responsesRequest,
  reply: responsesReply,
  stream: (context) => new ResponseStream(context),
}
