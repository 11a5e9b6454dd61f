import type { Notes } from '../../form/notes.ts'
import type {
  Message,
  Part,
  Placed,
  ReasoningPart,
  Source,
  ToolResultPart,
} from '../../form/parts.ts'
import { isObject, parseJson } from '../json-shape.ts'
import { FAMILY } from './reading.ts'

interface Turn {
  role: 'user' | 'assistant'
  content: object[]
}

/** What the system messages say, wherever they stand; undefined when there is nothing. */
export function systemPrompt(messages: readonly Message[], notes: Notes): unknown {
  const parts = messages.flatMap(({ role, parts }) => (role === 'system' ? parts : []))
  for (const { type, at } of parts) if (type !== 'text') notes.refuse(at, NO_SUCH_PART)
  const blocks = parts.flatMap(textBlocks)
  if (blocks.length === 0) return undefined
  return parts.some(({ cache }) => cache) ? blocks : blocks.map(({ text }) => text).join('\n\n')
}

const NO_SUCH_PART = 'a part of this type cannot be given to the model asked for'

/**
 * The conversation without its system messages, as alternating turns: what one side says in a row becomes one message,
 * the results of tools being the user's side.
 */
export function anthropicMessages(messages: readonly Message[], notes: Notes): Turn[] {
  const turns: Turn[] = []
  for (const message of messages) {
    if (message.role === 'system') continue
    if (message.name !== undefined && message.at !== undefined) notes.leaveOut(`${message.at}/name`)
    const content = message.parts.flatMap((part) => blocksOf(part, notes))
    // The API refuses messages without content.
    if (content.length === 0) continue
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content })
  }
  return turns
}

function blocksOf(part: Part, notes: Notes): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return textBlocks(part)
    case 'image':
      if ((part.detail ?? 'auto') !== 'auto') notes.leaveOut(part.at)
      return [
        { type: 'image', source: sourceJson(part.source, part.at, notes), ...cacheControl(part) },
      ]
    case 'document':
      return [documentBlock(part, notes)]
    case 'reasoning':
      return thoughtBlocks(part, notes)
    case 'tool_call': {
      const { id, name } = part
      return [{ type: 'tool_use', id, name, input: inputOf(part.arguments), ...cacheControl(part) }]
    }
    default:
      return [resultBlock(part, notes)]
  }
}

/** The API refuses text that is empty or blank. */
function textBlocks(part: Part): { type: 'text'; text: string }[] {
  if (part.type !== 'text' && part.type !== 'refusal') return []
  const { text } = part
  return text.trim() === '' ? [] : [{ type: 'text', text, ...cacheControl(part) }]
}

function documentBlock(part: Extract<Part, { type: 'document' }>, notes: Notes): object {
  const { source, name: title, at } = part
  const given =
    'text' in source
      ? { type: 'text', media_type: 'text/plain', data: source.text }
      : sourceJson(source, at, notes)
  return { type: 'document', source: given, title, ...cacheControl(part) }
}

function sourceJson(source: Source, at: string | undefined, notes: Notes): object {
  if ('url' in source) {
    if (!/^https?:\/\//i.test(source.url)) {
      notes.refuse(at, 'expected an http(s) URL or a base64 data URL')
    }
    return { type: 'url', url: source.url }
  }
  return { type: 'base64', media_type: mediaType(source.mediaType), data: source.data }
}

/** Clients say it, the API does not know it. */
function mediaType(given: string): string {
  return given === 'image/jpg' ? 'image/jpeg' : given
}

/** Thoughts are taken back under the seal of the same family only. */
function thoughtBlocks({ text, signature, redacted, at }: ReasoningPart, notes: Notes): object[] {
  if (signature?.family !== FAMILY) {
    notes.leaveOut(at)
    return []
  }
  const { data } = signature
  return redacted
    ? [{ type: 'redacted_thinking', data }]
    : [{ type: 'thinking', thinking: text, signature: data }]
}

function resultBlock(part: ToolResultPart, notes: Notes): object {
  const { callId, content, isError } = part
  return {
    type: 'tool_result',
    tool_use_id: callId,
    content: plainText(content) ?? content.flatMap((inner) => blocksOf(inner, notes)),
    ...(isError && { is_error: true }),
    ...cacheControl(part),
  }
}

/** What is nothing but a text without a hint. */
function plainText(parts: readonly Part[]): string | undefined {
  const [only] = parts
  if (parts.length > 1 || (only && (only.type !== 'text' || only.cache))) return undefined
  return only?.text ?? ''
}

/** The API wants an object; arguments that were cut off are sent as none, for the conversation has to go on. */
function inputOf(text: string): object {
  const input = parseJson(text)
  return isObject(input) ? input : {}
}

/** The hint in the words of this family. */
export function cacheControl({ cache }: Placed): object {
  if (!cache) return {}
  const { ttl } = cache
  return { cache_control: { type: 'ephemeral', ...(ttl !== undefined && { ttl }) } }
}
