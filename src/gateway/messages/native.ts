import { asObject, asString, isObject } from '../../providers/json-shape.ts'
import { mediaType } from '../form/data-url.ts'
import type { MessagesBody } from './messages-schema.ts'

type Message = MessagesBody['messages'][number]
type Block = Readonly<Record<string, unknown>>

/**
 * The request as Anthropic's API takes it: as its client wrote it, but for what ends a conversation there each time that
 * it is sent, and comes from histories of other providers: blank text, messages without content, a misnamed image.
 */
export function nativeMessages(body: MessagesBody): Record<string, unknown> {
  const messages = body.messages.flatMap(nativeMessage)
  // Whoever says nothing at all is told so by the provider.
  return messages.length === 0 ? body : { ...body, messages }
}

function nativeMessage(message: Message): Message[] {
  const { content } = message
  if (typeof content === 'string') return content.trim() === '' ? [] : [message]
  const blocks = nativeBlocks(content)
  return blocks.length === 0 ? [] : [{ ...message, content: blocks }]
}

function nativeBlocks<T extends Block>(blocks: readonly T[]): T[] {
  return blocks.flatMap((block) => {
    const { type, text, content, source } = block
    if (type === 'text') return asString(text).trim() === '' ? [] : [block]
    if (type === 'image') return [{ ...block, source: nativeSource(source) }]
    if (type !== 'tool_result' || !Array.isArray(content)) return [block]
    return [{ ...block, content: nativeBlocks(content.map(asObject)) }]
  })
}

function nativeSource(source: unknown): unknown {
  if (!isObject(source) || typeof source['media_type'] !== 'string') return source
  return { ...source, media_type: mediaType(source['media_type']) }
}
