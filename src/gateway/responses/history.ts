import type { TSchema } from '@sinclair/typebox'
import type { Notes } from '../../form/notes.ts'
import type { Message, Part, ReasoningPart } from '../../form/parts.ts'
import {
  CallOutput,
  CustomToolCall,
  FunctionCall,
  type Item,
  Message as MessageItem,
  Reasoning,
} from './items-schema.ts'
import { checkedByType, contentParts, outputParts, type SchemaByType } from './parts.ts'
import { signatureOf } from './reasoning.ts'
import type { ResponsesBody } from './responses-schema.ts'
import { flatName } from './namespaces.ts'

type ItemOf<T extends string> = Extract<Item, { type: T }>
type CallItem = ItemOf<'function_call'> | ItemOf<'custom_tool_call'>

const ITEMS: SchemaByType = new Map<unknown, TSchema>([
  ['message', MessageItem],
  ['function_call', FunctionCall],
  ['custom_tool_call', CustomToolCall],
  ['function_call_output', CallOutput],
  ['custom_tool_call_output', CallOutput],
  ['reasoning', Reasoning],
])

/** What OpenAI's own tools did in an earlier turn: their part of the story was told in the answer's text. */
const OF_HOSTED_TOOLS =
  /^(web_search|file_search|computer|code_interpreter|image_generation|mcp|tool_search|local_shell|shell|apply_patch)_\w+$/

/**
 * The conversation as messages: `instructions` first, then the items. What one answer said, thought and called stands
 * in one message.
 */
export function messagesOf({ input, instructions }: ResponsesBody, notes: Notes): Message[] {
  const conversation = new ConversationBuilder(notes)
  if (instructions) conversation.say('system', instructions, '/instructions')
  if (typeof input === 'string') conversation.say('user', input, '/input')
  else if (!Array.isArray(input)) notes.refuse('/input', 'expected a string or a list of items')
  else if (input.length === 0) notes.refuse('/input', 'expected at least one item')
  else input.forEach((item, index) => conversation.add(item, `/input/${index}`))
  conversation.refuseOpenCalls()
  return conversation.messages
}

class ConversationBuilder {
  readonly messages: Message[] = []
  /** Where the calls stand that have no output yet, by their `call_id`. */
  readonly #openCalls = new Map<string, string>()
  readonly #notes: Notes

  constructor(notes: Notes) {
    this.#notes = notes
  }

  say(role: Message['role'], text: string, at: string): void {
    this.messages.push({ role, parts: [{ type: 'text', text, at }], at })
  }

  add(given: unknown, at: string): void {
    if (isOfHostedTool(given)) return this.#notes.leaveOut(at)
    const item = checkedByType<Item>(ITEMS, given, at, this.#notes)
    if (!item) return
    switch (item.type) {
      case 'function_call':
      case 'custom_tool_call':
        return this.#addCall(item, at)
      case 'function_call_output':
      case 'custom_tool_call_output':
        return this.#addOutput(item, at)
      case 'reasoning':
        return this.#answer(thoughtsOf(item, at), at)
      default:
        return this.#addMessage(item, at)
    }
  }

  /** Every provider refuses a call without its output, each in other words. */
  refuseOpenCalls(): void {
    for (const at of this.#openCalls.values()) {
      this.#notes.refuse(`${at}/call_id`, 'no output has this call_id')
    }
  }

  #addMessage({ role, content }: Extract<Item, { role: string }>, at: string): void {
    const parts = contentParts(content, `${at}/content`, this.#notes)
    if (role === 'assistant') this.#answer(parts, at)
    else this.messages.push({ role: role === 'developer' ? 'system' : role, parts, at })
  }

  #addCall(item: CallItem, at: string): void {
    this.#openCalls.set(item.call_id, at)
    const part = { type: 'tool_call' as const, id: item.call_id, at }
    if (item.type === 'custom_tool_call') {
      this.#answer([{ ...part, name: item.name, arguments: item.input, custom: true }], at)
    } else {
      const name = flatName(item.namespace, item.name)
      this.#answer([{ ...part, name, arguments: item.arguments }], at)
    }
  }

  #addOutput({ call_id: callId, output }: Extract<Item, { output: unknown }>, at: string): void {
    if (!this.#openCalls.delete(callId)) {
      this.#notes.refuse(`${at}/call_id`, 'no call before it has this call_id')
    }
    const content = outputParts(output, `${at}/output`, this.#notes)
    this.messages.push({ role: 'tool', parts: [{ type: 'tool_result', callId, content, at }], at })
  }

  /** The assistant's message that is being told goes on. */
  #answer(parts: Part[], at: string): void {
    const last = this.messages.at(-1)
    if (last?.role === 'assistant') for (const part of parts) last.parts.push(part)
    else this.messages.push({ role: 'assistant', parts, at })
  }
}

function isOfHostedTool(given: unknown): boolean {
  const type = typeof given === 'object' && given !== null && 'type' in given ? given.type : null
  return typeof type === 'string' && OF_HOSTED_TOOLS.test(type)
}

function thoughtsOf(item: ItemOf<'reasoning'>, at: string): ReasoningPart[] {
  const { content, summary, encrypted_content: sealed } = item
  // The thought itself where it is told, otherwise what was told of it.
  const told = content && content.length > 0 ? content : (summary ?? [])
  const text = told.map((part) => part.text).join('\n\n')
  if (text === '' && !sealed) return []
  return [
    {
      type: 'reasoning',
      text,
      at,
      ...(sealed && { signature: signatureOf(sealed) }),
      ...(sealed && text === '' && { redacted: true as const }),
    },
  ]
}
