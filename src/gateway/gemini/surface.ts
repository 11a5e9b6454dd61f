import type { Surface } from '../form/surface.ts'
import type { GenerateBody } from './gemini-schema.ts'
import { geminiReply } from './reply.ts'
import { geminiRequest } from './request.ts'
import { GeminiStream } from './stream.ts'

/** Google's Gemini API, as clients speak it at `POST /v1beta/models/{model}:generateContent`. */
export const geminiSurface: Surface<GenerateBody> = {
  kind: 'generation',
  native: 'gemini',
  forNative: ({ model: _model, stream: _stream, ...body }) => body,
  request: geminiRequest,
  reply: geminiReply,
  stream: (context) => new GeminiStream(context),
}
