/** One turn of a conversation as it is stored, in words. */
export interface Turn {
  role: string
  pieces: Piece[]
}

/** Text, or something else with its name: a tool call and its arguments, an image. */
export type Piece = { text: string } | { what: string; text: string }

type Loose = Record<string, unknown>

/**
 * The turns of what is recorded of a chat, in OpenAI's form or in Anthropic's; undefined when it is anything else, so
 * that nothing of it is left out.
 */
export function turnsOf(content: Loose): Turn[] | undefined {
  const { messages, ...rest } = content
  if (Array.isArray(messages) && Object.keys(rest).length === 0) {
    return messages.every(isObject) ? messages.map((message) => turnOf(message)) : undefined
  }
  return isAnswer(content) ? [turnOf({ role: 'assistant', ...content })] : undefined
}

function isAnswer({ content, tool_calls, ...rest }: Loose): boolean {
  if (Object.keys(rest).length > 0 || typeof content !== 'string') return false
  return tool_calls === undefined || Array.isArray(tool_calls)
}

function turnOf({ role, content, tool_calls, ...rest }: Loose): Turn {
  const parts = Array.isArray(content) ? content : [content]
  const calls = Array.isArray(tool_calls) ? tool_calls : []
  return {
    role: nameIn(role, 'unknown'),
    pieces: [
      ...parts.filter((part) => part !== null && part !== undefined && part !== '').map(pieceOf),
      ...calls.map(callOf),
      ...Object.entries(rest).map(([name, value]) => ({ what: name, text: inWords(value) })),
    ],
  }
}

function pieceOf(part: unknown): Piece {
  if (!isObject(part)) return { text: inWords(part) }
  const { type, ...rest } = part
  if (type === 'text' && typeof part['text'] === 'string') return { text: part['text'] }
  if (type === 'tool_use') return called(part['name'], part['input'])
  if (type === 'tool_result') return { what: 'tool result', text: inWords(part['content']) }
  return { what: nameIn(type, 'part'), text: inWords(rest) }
}

function callOf(call: unknown): Piece {
  const wanted = isObject(call) && isObject(call['function']) ? call['function'] : {}
  return called(wanted['name'], wanted['arguments'] ?? call)
}

function called(name: unknown, input: unknown): Piece {
  return { what: `calls ${nameIn(name, 'a tool')}`, text: inWords(input) }
}

function nameIn(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise
}

function inWords(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
