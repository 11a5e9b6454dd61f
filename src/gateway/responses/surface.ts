import type { Surface } from '../form/surface.ts'
import { recall } from './kept/recall.ts'
import { nativeResponse } from './native.ts'
import { responsesReply } from './reply.ts'
import { refuseNotOffered, responsesRequest } from './request.ts'
import type { ResponsesBody } from './responses-schema.ts'
import { ResponseRetelling } from './retelling.ts'
import { ResponseStream } from './stream.ts'

/** OpenAI's Responses API, which every provider's answers are put into. */
export const responsesSurface: Surface<ResponsesBody> = {
  kind: 'response',
  native: 'responses',
  recall,
  check: refuseNotOffered,
  forNative: nativeResponse,
  retell: (context) => new ResponseRetelling(context),
  request: responsesRequest,
  reply: responsesReply,
  stream: (context) => new ResponseStream(context),
}
