import { isObject, parseJson } from './json-shape.ts'
import type { Message, ToolCall } from './provider.ts'

interface AnthropicMessage {
  role: 'user' | 'assistant'
  content: object[]
}

/** All system messages, a blank line between them; undefined when there is none. */
export function systemText(messages: Message[]): string | undefined {
  const texts = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  return texts.length === 0 ? undefined : texts.join('\n\n')
}

/**
 * The conversation without its system messages, as alternating user and assistant messages: what
 * one side says in a row becomes one message, tool results being the user's side.
 */
export function anthropicMessages(messages: Message[]): AnthropicMessage[] {
  const merged: AnthropicMessage[] = []
  for (const message of messages) {
    const content = blocks(message)
    if (content.length === 0) continue
    const role = message.role === 'assistant' ? 'assistant' : 'user'
    const last = merged.at(-1)
    if (last?.role === role) last.content.push(...content)
    else merged.push({ role, content })
  }
  return merged
}

function blocks(message: Message): object[] {
  if (message.role === 'system') return []
  if (message.role === 'tool') return [toolResult(message.toolCallId, message.content)]
  const text = textBlocks(message.content)
  if (message.role === 'user' || !message.toolCalls) return text
  return [...text, ...message.toolCalls.map(toolUse)]
}

function toolResult(toolCallId: string, content: string): object {
  return { type: 'tool_result', tool_use_id: toolCallId, content }
}

/** The API refuses empty text. */
function textBlocks(text: string): object[] {
  return text === '' ? [] : [{ type: 'text', text }]
}

/** The API wants the arguments as an object; broken ones are sent as none. */
function toolUse({ id, name, arguments: args }: ToolCall): object {
  const input = parseJson(args)
  return { type: 'tool_use', id, name, input: isObject(input) ? input : {} }
}
