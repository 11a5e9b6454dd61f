import { isObject, parseJson } from '../../providers/json-shape.ts'
import { anthropicContent, anthropicText } from './anthropic-request-content.ts'
import type { Refusals } from '../anthropic-refusals.ts'
import type { ChatMessage, ChatToolCall } from '../form/chat-format.ts'

interface AnthropicTurn {
  role: 'user' | 'assistant'
  content: object[]
}

/** Fields of any message that say nothing to the model: notes on an earlier answer, and the name of a tool that answers. */
const LEFT_OUT = ['annotations', 'reasoning', 'reasoning_content']

const FIELDS: Record<ChatMessage['role'], ReadonlySet<string>> = {
  system: new Set(['role', 'content']),
  developer: new Set(['role', 'content']),
  user: new Set(['role', 'content']),
  assistant: new Set(['role', 'content', 'refusal', 'tool_calls', ...LEFT_OUT]),
  tool: new Set(['role', 'content', 'tool_call_id', 'name']),
}

const CALL_FIELDS = new Set(['id', 'type', 'function', 'index'])

/** What the system and developer messages say, wherever they stand, as blocks of text. */
export function systemPrompt(messages: ChatMessage[], refusals: Refusals): object[] {
  return messages.flatMap((message, index) =>
    isSystem(message) ? anthropicText(message.content, `/messages/${index}/content`, refusals) : [],
  )
}

/** The rest of the conversation: what one side says in a row becomes one message, tool results being the user's side. */
export function anthropicHistory(messages: ChatMessage[], refusals: Refusals): AnthropicTurn[] {
  const turns: AnthropicTurn[] = []
  messages.forEach((message, index) => {
    const content = blocks(message, `/messages/${index}`, refusals)
    // The API refuses messages without content.
    if (content.length === 0) return
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = turns.at(-1)
    if (last?.role === role) last.content.push(...content)
    else turns.push({ role, content })
  })
  return turns
}

function blocks(message: ChatMessage, path: string, refusals: Refusals): object[] {
  const fields = FIELDS[message.role]
  if (fields) refusals.refuseUnknown(message, fields, path)
  switch (message.role) {
    case 'system':
    case 'developer':
      return []
    case 'user':
      return anthropicContent(message.content, `${path}/content`, refusals)
    case 'tool':
      return [toolResult(message, path, refusals)]
    case 'assistant':
      return assistantBlocks(message, path, refusals)
    default:
      refusals.refuse(`${path}/role`)
      return []
  }
}

function assistantBlocks(
  message: ChatMessage & { role: 'assistant' },
  path: string,
  refusals: Refusals,
): object[] {
  const { content, refusal, tool_calls: calls } = message
  return [
    ...anthropicText(content ?? '', `${path}/content`, refusals),
    ...anthropicText(refusal ?? '', `${path}/refusal`, refusals),
    ...(calls ?? []).flatMap((call, index) =>
      toolUse(call, `${path}/tool_calls/${index}`, refusals),
    ),
  ]
}

function toolResult(
  { tool_call_id, content }: ChatMessage & { role: 'tool' },
  path: string,
  refusals: Refusals,
): object {
  const said =
    typeof content === 'string' ? content : anthropicContent(content, `${path}/content`, refusals)
  return { type: 'tool_result', tool_use_id: tool_call_id, content: said }
}

function toolUse(call: ChatToolCall, path: string, refusals: Refusals): object[] {
  if ((call.type ?? 'function') !== 'function') {
    refusals.refuse(`${path}/type`)
    return []
  }
  refusals.refuseUnknown(call, CALL_FIELDS, path)
  const { name, arguments: text } = call.function
  // Models write nothing at all for a tool without parameters.
  const input = text.trim() === '' ? {} : parseJson(text)
  if (!isObject(input)) {
    const message = 'expected the text of a JSON object for the model asked for'
    refusals.refuse(`${path}/function/arguments`, message)
  }
  return [{ type: 'tool_use', id: call.id, name, input }]
}

function isSystem(message: ChatMessage): message is ChatMessage & { role: 'system' | 'developer' } {
  return message.role === 'system' || message.role === 'developer'
}
