import type { Message, ToolCallPart } from '../../../src/form/parts.ts'

/** What an assistant said before it called tools. */
export function assistantCalling(text: string, calls: Omit<ToolCallPart, 'type'>[]): Message {
  const parts: Message['parts'] = calls.map((call) => ({ type: 'tool_call', ...call }))
  return { role: 'assistant', parts: [{ type: 'text', text }, ...parts] }
}

/** What a tool answered. */
export function toolResult(callId: string, text: string): Message {
  return {
    role: 'tool',
    parts: [{ type: 'tool_result', callId, content: [{ type: 'text', text }] }],
  }
}
