import type { Surface } from '../form/surface.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'
import { checkChat } from './check.ts'
import { nativeChat } from './native.ts'
import { chatReply } from './reply.ts'
import { chatRequest } from './request.ts'
import { ChatStream } from './stream.ts'

/** OpenAI's chat completions, as clients speak them at `POST /v1/chat/completions`. */
export const chatSurface: Surface<ChatCompletionRequest> = {
  kind: 'completion',
  native: 'openai',
  check: checkChat,
  forNative: nativeChat,
  request: chatRequest,
  reply: chatReply,
  stream: (context) => new ChatStream(context),
}
