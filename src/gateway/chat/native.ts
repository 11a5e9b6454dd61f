import { jsonArguments } from '../../form/call-arguments.ts'
import { asObject, isObject } from '../../providers/json-shape.ts'
import { mediaType } from '../form/data-url.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'

/**
 * The request as a provider of the same family takes it: as its client wrote it, but for the habits of clients that
 * every server but their own refuses.
 */
export function nativeChat(body: ChatCompletionRequest): Record<string, unknown> {
  const { tool_choice: choice, ...rest } = withoutNulls(body)
  return {
    ...rest,
    messages: body.messages.map(nativeMessage),
    // Mistral's word for it.
    ...(choice !== undefined && { tool_choice: choice === 'any' ? 'required' : choice }),
  }
}

/** Many clients write null for what they do not ask for, many servers refuse it. */
function withoutNulls(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}

type Message = ChatCompletionRequest['messages'][number]
type ToolCall = NonNullable<Message['tool_calls']>[number]

function nativeMessage(message: Message): object {
  const {
    content,
    tool_calls: calls,
    prefix,
    ...rest
  } = message as typeof message & { prefix?: unknown }
  return {
    ...withoutNulls(rest),
    ...(content !== undefined && {
      content: Array.isArray(content) ? content.map(nativePart) : content,
    }),
    ...(calls && { tool_calls: calls.map(nativeCall) }),
    ...(prefix === true && { prefix }),
  }
}

function nativeCall(call: ToolCall): object {
  const { function: called } = call
  if (!called) return call
  return { ...call, function: { ...called, arguments: jsonArguments(called.arguments) } }
}

function nativePart(part: object): object {
  const { refusal, image_url: image, ...rest } = part as Record<string, unknown>
  return {
    ...rest,
    ...((refusal ?? null) !== null && { refusal }),
    ...((image ?? null) !== null && { image_url: nativeImage(image) }),
  }
}

const NAMED_JPG = /^data:image\/jpg(?=[;,])/i

function nativeImage(image: unknown): object {
  const given = isObject(image) ? image : { url: image }
  const { url } = asObject(given)
  if (typeof url !== 'string' || !NAMED_JPG.test(url.slice(0, 20))) return given
  return { ...given, url: url.replace(NAMED_JPG, `data:${mediaType('image/jpg')}`) }
}
