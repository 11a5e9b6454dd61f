import { answer, toolCall } from '../scripted-replies.ts'
import type { RecordedRequest, Reply } from '../scripted-wire.ts'

/*
 * A model that does what it is asked, in both wire formats: it calls the tool it is given, tells what the tool said,
 * fills in the form that is asked for, and greets otherwise.
 */

/** What it says without tools and forms, in pieces. */
export const GREETING = ['Hello ', 'from ', 'the ', 'scripted ', 'model.']

/** What it writes into every form. */
export const FORECAST = { city: 'Oslo', degrees: 21 }

/** What each of its answers costs. */
export const USAGE = { input: 12, output: 7 }

/** The vector that the scripted provider computes for a text. */
export function vectorOf(text: string): number[] {
  return [JSON.stringify(text).length, 0.5, -0.25]
}

/** Speaks for longer than any test waits; for those who leave in the middle. */
export const ENDLESS = answer({ deltas: Array<string>(6000).fill('word '), delayMs: 10 })

/** The arguments of the tools it knows; whatever else it is given is a form. */
const ARGUMENTS: Record<string, object> = {
  weather: { city: FORECAST.city },
  calculator: { expression: '6 * 7' },
}

interface Message {
  role: string
  content: string | { type: string; content?: unknown }[] | null
}

/** The script of a provider: `provider.reply(scriptedModel)`. */
export function scriptedModel({ path, body }: RecordedRequest): Reply {
  // Embeddings and counted tokens have nothing to be played.
  if (!/\/(completions|messages)$/.test(path)) return answer()
  const last = (body['messages'] as Message[]).at(-1)!
  const result = toolResult(last)
  if (result !== undefined) return answer({ text: `The tool says: ${result}`, usage: USAGE })
  const tool = toolName(body['tools'])
  if (tool !== undefined) return toolCall(tool, ARGUMENTS[tool] ?? FORECAST)
  if (body['response_format'] !== undefined || body['output_config'] !== undefined)
    return answer({ text: JSON.stringify(FORECAST), usage: USAGE })
  return answer({ deltas: GREETING, usage: USAGE })
}

/** The text of a tool's result: a message of its own in OpenAI's format, a part of the user's in Anthropic's. */
function toolResult({ role, content }: Message): string | undefined {
  if (role === 'tool') return textOf(content)
  if (!Array.isArray(content)) return undefined
  const part = content.find(({ type }) => type === 'tool_result')
  return part && textOf(part.content)
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  return (content as { text: string }[]).map(({ text }) => text).join('')
}

type Tool = { name: string; function?: undefined } | { function: { name: string } }

function toolName(tools: unknown): string | undefined {
  const [first] = (tools ?? []) as Tool[]
  return first?.function?.name ?? (first as { name?: string } | undefined)?.name
}
