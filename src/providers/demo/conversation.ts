import { CONTEXT_END, CONTEXT_START } from '../context-block.ts'
import type { Message, Part } from '../../form/parts.ts'
import { toolCallsIn } from '../../form/parts.ts'
import { textsOf } from '../count-prompt.ts'
import type { ModelCall } from '../provider.ts'
import { shownIn } from './media.ts'

/** Longer texts are looked at from their beginning only: a demo need not read a book. */
const MAX_CHARACTERS_READ = 20_000

/** What the demo model sees in a conversation. */
export interface Conversation {
  modelId: string
  /** All system prompts, one after the other. */
  system: string
  /** The last user message, without the context block of a run. */
  question: string
  /** The names in that context block, in their order; empty without one. */
  contextKeys: string[]
  /** What was shown with it, and found by tools since: a sentence each. */
  shown: string[]
  /** User messages up to here. */
  turn: number
  /** The tool calls made since the last user message, each with its result. */
  toolResults: { arguments: string; result: string }[]
}

export function readConversation({ model, messages }: ModelCall): Conversation {
  const last = messages.findLastIndex((message) => message.role === 'user')
  const content = textOf(messages[last]?.parts ?? [])
  const { question, context } = splitContext(content)
  return {
    modelId: model.id,
    system: systemText(messages).slice(0, MAX_CHARACTERS_READ),
    question: question.slice(0, MAX_CHARACTERS_READ),
    contextKeys: keysOf(context),
    shown: messages.slice(Math.max(0, last)).flatMap(({ parts }) => shownIn(parts)),
    turn: messages.filter((message) => message.role === 'user').length,
    toolResults: toolResults(messages.slice(last + 1)),
  }
}

function systemText(messages: Message[]): string {
  return messages
    .filter((message) => message.role === 'system')
    .map(({ parts }) => textOf(parts))
    .join('\n')
}

/** Undoes what `toMessages` does to the message of a run. */
function splitContext(content: string): { question: string; context: string } {
  const start = content.lastIndexOf(CONTEXT_START)
  if (start === -1 || !content.endsWith(CONTEXT_END)) return { question: content, context: '' }
  const context = content.slice(start + CONTEXT_START.length, -CONTEXT_END.length)
  return { question: content.slice(0, start), context }
}

function keysOf(context: string): string[] {
  try {
    const value: unknown = JSON.parse(context)
    return typeof value === 'object' && value !== null ? Object.keys(value) : []
  } catch {
    return []
  }
}

function toolResults(messages: Message[]): Conversation['toolResults'] {
  const parts = messages.flatMap((message) => message.parts)
  const calls = toolCallsIn(parts)
  return parts
    .filter((part) => part.type === 'tool_result')
    .map(({ callId, content }) => {
      const call = calls.find(({ id }) => id === callId)
      return { arguments: call?.arguments ?? '', result: textOf(content) }
    })
}

function textOf(parts: readonly Part[]): string {
  return textsOf(parts.filter(({ type }) => type === 'text')).join('\n')
}
