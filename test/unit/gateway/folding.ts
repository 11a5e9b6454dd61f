import type { TokenUsage } from '../../../src/form/answer.ts'
import type { RenderContext } from '../../../src/gateway/form/surface.ts'
import type { MessagesBody } from '../../../src/gateway/messages/messages-schema.ts'
import { SseReader } from '../../../src/providers/read-sse.ts'

/** A run's id, and what is made of it. */
export const RUN_ID = '01a20416-e8be-7294-845b-0fefabd66ffe'
export const MESSAGE_ID = 'msg_01a20416e8be7294845b0fefabd66ffe'

/** What an answer used. */
export const USAGE: TokenUsage = {
  inputTokens: 120,
  outputTokens: 7,
  cachedTokens: 100,
  cacheWriteTokens: 5,
  estimated: false,
}

/** The smallest request. */
export const BODY: MessagesBody = {
  model: 'small',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hello?' }],
}

export const CONTEXT: RenderContext<MessagesBody> = {
  body: BODY,
  runId: RUN_ID,
  created: 1_790_000_000,
}

/** The details of what is thrown, as `path: message`. */
export function refusalsOf(work: () => unknown): string[] {
  try {
    work()
  } catch (error) {
    const { details = [] } = error as { details?: { path: string; message: string }[] }
    return details.map(({ path, message }) => `${path}: ${message}`)
  }
  return []
}

/** The data of a stream's events, its bytes cut into network reads of that size. */
export function dataOf(stream: string | Uint8Array, readBytes = 1_000_000): string[] {
  const events: string[] = []
  const reader = new SseReader((data) => events.push(data))
  const bytes = typeof stream === 'string' ? Buffer.from(stream) : stream
  for (let at = 0; at < bytes.length; at += readBytes) {
    reader.push(bytes.subarray(at, at + readBytes))
  }
  reader.end()
  return events
}

export interface FoldedBlock {
  type: string
  text?: string
  thinking?: string
  signature?: string
  id?: string
  name?: string
  input?: unknown
}

interface AnthropicEvent {
  type: string
  index?: number
  message?: { content: FoldedBlock[]; usage: Record<string, unknown>; stop_reason: string | null }
  content_block?: FoldedBlock
  delta?: {
    type?: string
    text?: string
    thinking?: string
    signature?: string
    partial_json?: string
    stop_reason?: string
  }
  usage?: Record<string, unknown>
}

/** What a client of Anthropic's format has at the end of a stream; throws when the order of the events is wrong. */
export function foldEvents(stream: string) {
  const events = dataOf(stream).map((data) => JSON.parse(data) as AnthropicEvent)
  const { message } = events[0] ?? {}
  if (events[0]?.type !== 'message_start' || !message) throw new Error('no message_start')
  if (events.at(-1)?.type !== 'message_stop') throw new Error('no message_stop')
  let open = -1
  let json = ''
  for (const event of events.slice(1, -1)) {
    if (event.type === 'content_block_start') {
      if (open >= 0 || event.index !== message.content.length) throw new Error('bad start')
      open = event.index
      json = ''
      message.content.push({ ...event.content_block, type: event.content_block?.type ?? '' })
    } else if (event.type === 'message_delta') {
      if (open >= 0) throw new Error('a block is open at the end')
      message.stop_reason = event.delta?.stop_reason ?? null
      Object.assign(message.usage, event.usage)
    } else {
      const block = message.content[open]
      if (!block || event.index !== open)
        throw new Error(`${event.type} of a block that is not open`)
      if (event.type === 'content_block_stop') {
        if (block.type === 'tool_use') block.input = JSON.parse(json || '{}')
        open = -1
      } else if (event.delta?.type === 'text_delta') block.text += event.delta.text ?? ''
      else if (event.delta?.type === 'thinking_delta') block.thinking += event.delta.thinking ?? ''
      else if (event.delta?.type === 'signature_delta')
        block.signature = event.delta.signature ?? ''
      else json += event.delta?.partial_json ?? ''
    }
  }
  return message
}

/** How a stream ends, its pieces together. */
export function inFull(pieces: (() => string)[]): string {
  return pieces.map((piece) => piece()).join('')
}
