import { Notes } from '../../form/notes.ts'
import { type Part, saidIn, toolCallsIn } from '../../form/parts.ts'
import type { ModelRequest } from '../../form/request.ts'
import { openAiMessages } from '../../providers/openai/messages.ts'

/** What stands in a record for an image, a sound or a file. */
const OMITTED = '[image]'

/** Where there is none of these, nothing has to be left out. */
const MAY_HOLD_BYTES = /"data:|"base64"|"input_audio"/

/** JSON text of what was asked, without the bytes of images, sounds and files. */
export function keptInput(input: object): string {
  const json = JSON.stringify(input)
  return MAY_HOLD_BYTES.test(json) ? JSON.stringify(input, withoutBytes) : json
}

/** The same of a request in the one form, in the words of chat completions. */
export function keptRequest({ messages }: ModelRequest): string {
  return keptInput({ messages: openAiMessages(messages, new Notes(), { takesThoughts: true }) })
}

/** JSON text of what was answered. */
export function keptOutput(parts: readonly Part[]): string {
  const calls = toolCallsIn(parts).map(({ id, name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
  }))
  return JSON.stringify({ content: saidIn(parts), ...(calls.length > 0 && { tool_calls: calls }) })
}

function withoutBytes(this: unknown, key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (/^data:[^,]{0,200},/.test(value)) return OMITTED
  return key === 'data' && holdsBytes(this) ? OMITTED : value
}

/** Anthropic's source of an image, and OpenAI's sound. */
function holdsBytes(owner: unknown): boolean {
  if (typeof owner !== 'object' || owner === null) return false
  return ('type' in owner && owner.type === 'base64') || 'format' in owner
}
