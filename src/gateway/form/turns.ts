import type { Message, Part } from '../../form/parts.ts'

/** What one side says at once as messages: each result of a tool is one, before whatever else is said. */
export function turnsOf(
  role: 'user' | 'assistant' | 'system',
  parts: Part[],
  at: string,
): Message[] {
  const results = parts.filter(({ type }) => type === 'tool_result')
  const rest = parts.filter(({ type }) => type !== 'tool_result')
  const replies = results.map((result): Message => ({ role: 'tool', parts: [result], at }))
  return rest.length === 0 ? replies : [...replies, { role, parts: rest, at }]
}
