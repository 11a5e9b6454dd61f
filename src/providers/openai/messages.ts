import { jsonArguments } from '../../form/call-arguments.ts'
import type { Notes } from '../../form/notes.ts'
import {
  type DocumentPart,
  type ImagePart,
  type Message,
  type Part,
  saidIn,
  type TextPart,
  type ToolCallPart,
  toolCallsIn,
  type ToolResultPart,
} from '../../form/parts.ts'
import type { OpenAiHabits } from './habits.ts'

/** The conversation as messages of chat completions. */
export function openAiMessages(
  messages: readonly Message[],
  notes: Notes,
  habits: Pick<OpenAiHabits, 'takesThoughts'>,
): object[] {
  return messages.flatMap((message) => {
    if (message.role === 'tool') return toolMessages(message, notes)
    if (message.role === 'assistant') return [assistantMessage(message, notes, habits)]
    const { role, parts, name } = message
    return [{ role, content: contentOf(parts, notes), name }]
  })
}

function assistantMessage(
  { parts }: Message,
  notes: Notes,
  { takesThoughts }: Pick<OpenAiHabits, 'takesThoughts'>,
): object {
  for (const part of parts) notes.leaveOut(part.cache?.at)
  const calls = toolCallsIn(parts)
  const text = saidIn(parts.filter(({ type }) => type === 'text'))
  const refusal = saidIn(parts.filter(({ type }) => type === 'refusal'))
  const thought = parts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('')
  const saysNothing = text === '' && (calls.length > 0 || refusal !== '')
  return {
    role: 'assistant',
    content: saysNothing ? null : text,
    ...(refusal !== '' && { refusal }),
    // Some models refuse a history of calls without the thoughts that led to them.
    ...(thought !== '' && takesThoughts && { reasoning_content: thought }),
    ...(calls.length > 0 && { tool_calls: calls.map(callJson) }),
  }
}

function callJson({ id, name, arguments: args }: ToolCallPart): object {
  return { id, type: 'function', function: { name, arguments: jsonArguments(args) } }
}

/** The results of tools; what they hold besides text follows all of them in a message of the user's, for it has no place in theirs. */
function toolMessages({ parts }: Message, notes: Notes): object[] {
  const results = parts.filter((part) => part.type === 'tool_result')
  const answers = results.map((result) => resultMessage(result, notes))
  const showing = results.filter(({ content }) => shownIn(content).length > 0)
  if (showing.length === 0) return answers
  const shown = showing.flatMap(({ callId, content }): Part[] => [
    ...(showing.length > 1 ? [{ type: 'text' as const, text: `Found by ${callId}:` }] : []),
    ...shownIn(content),
  ])
  return [...answers, { role: 'user', content: contentOf(shown, notes) }]
}

function shownIn(content: ToolResultPart['content']): Part[] {
  return content.filter(({ type }) => type !== 'text')
}

function resultMessage({ callId, content, cache }: ToolResultPart, notes: Notes): object {
  notes.leaveOut(cache?.at)
  const texts = content.filter(({ type }) => type === 'text')
  const said = texts.length === 0 && content.length > 0 ? SHOWN_BELOW : contentOf(texts, notes)
  return { role: 'tool', tool_call_id: callId, content: said }
}

const SHOWN_BELOW = 'What this tool has found is shown in the next message.'

/** Servers that know nothing but strings take a single text. */
function contentOf(parts: readonly Part[], notes: Notes): unknown {
  for (const part of parts) notes.leaveOut(part.cache?.at)
  const [only] = parts
  if (only === undefined) return ''
  if (parts.length === 1 && only.type === 'text') return only.text
  return parts.flatMap((part) => partJson(part, notes))
}

function partJson(part: Part, notes: Notes): object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [textJson(part)]
    case 'image':
      return [imageJson(part)]
    case 'document':
      return documentJson(part, notes)
    default:
      notes.refuse(part.at)
      return []
  }
}

function textJson({ text }: Pick<TextPart, 'text'>): object {
  return { type: 'text', text }
}

function imageJson({ source, detail }: ImagePart): object {
  const url = 'url' in source ? source.url : dataUrl(source)
  return { type: 'image_url', image_url: { url, ...(detail !== undefined && { detail }) } }
}

function documentJson({ source, name, at }: DocumentPart, notes: Notes): object[] {
  if ('text' in source) return [textJson(source)]
  if ('url' in source) {
    notes.refuse(at, 'expected the file itself, not its address, for the model asked for')
    return []
  }
  return [{ type: 'file', file: { filename: name ?? 'document.pdf', file_data: dataUrl(source) } }]
}

function dataUrl({ mediaType, data }: { mediaType: string; data: string }): string {
  return `data:${mediaType};base64,${data}`
}
