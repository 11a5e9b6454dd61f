import { placed } from '../form/cache-hint.ts'
import type { Notes } from '../../form/notes.ts'
import type { Message, Part, Signature, ToolCallPart } from '../../form/parts.ts'
import { asObject, asString } from '../../providers/json-shape.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'
import { contentParts, resultParts } from './parts.ts'
import { reasoningIn } from './reasoning.ts'

type ChatMessage = ChatCompletionRequest['messages'][number]
type ChatToolCall = NonNullable<ChatMessage['tool_calls']>[number]

/** Fields of a message that are translated, or are notes on an earlier answer that say nothing to a model. */
const KNOWN: ReadonlySet<string> = new Set([
  'role',
  'content',
  'name',
  'refusal',
  'tool_calls',
  'tool_call_id',
  'cache_control',
  'annotations',
  'reasoning',
  'reasoning_content',
  'reasoning_details',
  'extra_content',
  'provider_specific_fields',
  'parsed',
])

/** The conversation in the one form. */
export function messagesOf(messages: readonly ChatMessage[], notes: Notes): Message[] {
  return messages.map((message, index) => messageOf(message, `/messages/${index}`, notes))
}

function messageOf(message: ChatMessage, at: string, notes: Notes): Message {
  const { prefix, ...others } = message as Readonly<Record<string, unknown>>
  const { name } = others
  notes.refuseUnknown(others, KNOWN, at)
  if (prefix === true) notes.refuse(`${at}/prefix`)
  const { role } = message
  return {
    role: role === 'developer' ? 'system' : role,
    parts: partsOf(message, at, notes),
    // The name of a tool that answers is known from its call.
    ...(typeof name === 'string' && role !== 'tool' && { name }),
    ...placed(message, at),
  }
}

function partsOf(message: ChatMessage, at: string, notes: Notes): Part[] {
  const content = contentParts(message.content, `${at}/content`, notes)
  if (message.role === 'tool') {
    const callId = message.tool_call_id ?? ''
    return [
      { type: 'tool_result', callId, content: resultParts(content, notes), ...placed(message, at) },
    ]
  }
  if (message.role !== 'assistant') return content
  const { refusal, tool_calls: calls } = message
  return [
    ...reasoningIn(message, at),
    ...content,
    ...(refusal ? [{ type: 'refusal' as const, text: refusal, at: `${at}/refusal` }] : []),
    ...(calls ?? []).flatMap((call, index) => callPart(call, `${at}/tool_calls/${index}`, notes)),
  ]
}

function callPart(call: ChatToolCall, at: string, notes: Notes): ToolCallPart[] {
  const { id, type, function: called, custom } = call
  const sealed = signatureOf(call)
  const part = { type: 'tool_call' as const, id, ...placed(call, at), ...sealed }
  if (type === 'custom') {
    const { name = '', input = '' } = custom ?? {}
    return [{ ...part, name, arguments: input, custom: true }]
  }
  if ((type ?? 'function') !== 'function') {
    notes.refuse(`${at}/type`)
    return []
  }
  return [{ ...part, name: called?.name ?? '', arguments: called?.arguments ?? '' }]
}

/** Gemini's models seal the thought behind a call; their compatible API tells it beside the call. */
function signatureOf(call: Readonly<Record<string, unknown>>): { signature?: Signature } {
  const google = asObject(asObject(call['extra_content'])['google'])
  const data = asString(google['thought_signature'])
  return data === '' ? {} : { signature: { family: 'gemini', data } }
}
