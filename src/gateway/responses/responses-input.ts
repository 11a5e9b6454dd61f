import type { TSchema } from '@sinclair/typebox'
import type { ChatMessage, ChatToolCall, ContentPart } from '../form/chat-format.ts'
import {
  FunctionCall,
  FunctionCallOutput,
  InputImage,
  InputText,
  type Item,
  Message,
  OutputText,
  type Part,
  Reasoning,
  Refusal,
} from './responses-items.ts'
import type { Refusals } from '../form/refusals.ts'
import type { ResponsesBody } from './responses-schema.ts'

type AssistantMessage = Extract<ChatMessage, { role: 'assistant' }>
type ItemOf<T extends string> = Extract<Item, { type: T }>
type Content = string | ContentPart[]

type SchemaByType = ReadonlyMap<string, TSchema>

const ITEMS: SchemaByType = new Map<string, TSchema>([
  ['message', Message],
  ['function_call', FunctionCall],
  ['function_call_output', FunctionCallOutput],
  ['reasoning', Reasoning],
])
const PARTS: SchemaByType = new Map<string, TSchema>([
  ['input_text', InputText],
  ['input_image', InputImage],
  ['output_text', OutputText],
  ['refusal', Refusal],
])

const NO_REFERENCES =
  'nothing is kept here to refer to: send the item itself, as clients do with store: false'

/**
 * The conversation as messages: `instructions` first, then the items. An assistant's text and the calls beside it
 * become one message, as chat completions want it.
 */
export function messagesOf(
  { input, instructions }: ResponsesBody,
  refusals: Refusals,
): ChatMessage[] {
  const conversation = new ConversationBuilder(refusals)
  if (instructions) conversation.messages.push({ role: 'system', content: instructions })
  if (typeof input === 'string') conversation.messages.push({ role: 'user', content: input })
  else if (!Array.isArray(input)) refusals.add('/input', 'expected a string or a list of items')
  else if (input.length === 0) refusals.add('/input', 'expected at least one item')
  else input.forEach((item, index) => conversation.add(item, `/input/${index}`))
  conversation.refuseOpenCalls()
  return conversation.messages
}

class ConversationBuilder {
  readonly messages: ChatMessage[] = []
  /** Where the calls stand that have no output yet, by their `call_id`. */
  readonly #openCalls = new Map<string, string>()

  constructor(readonly refusals: Refusals) {}

  add(given: unknown, path: string): void {
    const item = checkedByType<Item>(ITEMS, given, { path, refusals: this.refusals })
    if (item?.type === 'function_call') this.#addCall(item, path)
    else if (item?.type === 'function_call_output') this.#addOutput(item, path)
    else if (item && 'role' in item) this.#addMessage(item, path)
  }

  /** Every provider refuses a call without its output, each in other words. */
  refuseOpenCalls(): void {
    for (const path of this.#openCalls.values()) {
      this.refusals.add(`${path}/call_id`, 'no function_call_output has this call_id')
    }
  }

  #addMessage({ role, content }: Extract<Item, { role: string }>, path: string): void {
    const translated = this.#content(content, `${path}/content`)
    if (role === 'user') this.messages.push({ role, content: translated })
    // Servers other than OpenAI's do not know `developer`; OpenAI's take `system` for it.
    else if (role !== 'assistant') this.messages.push({ role: 'system', content: translated })
    else this.#addAnswer(translated)
  }

  #addAnswer(content: Content): void {
    const beside = this.#answerWithCalls()
    if (!beside) this.messages.push({ role: 'assistant', content })
    else if (beside.content) {
      const parts = partsOf(beside.content)
      for (const part of partsOf(content)) parts.push(part)
      beside.content = parts
    } else beside.content = content
  }

  #addCall({ call_id, name, arguments: text }: ItemOf<'function_call'>, path: string): void {
    const call: ChatToolCall = {
      id: call_id,
      type: 'function',
      function: { name, arguments: text },
    }
    const last = this.messages.at(-1)
    if (last?.role === 'assistant') (last.tool_calls ??= []).push(call)
    else this.messages.push({ role: 'assistant', content: null, tool_calls: [call] })
    this.#openCalls.set(call_id, path)
  }

  #addOutput({ call_id, output }: ItemOf<'function_call_output'>, path: string): void {
    if (!this.#openCalls.delete(call_id)) {
      this.refusals.add(`${path}/call_id`, 'no function_call before it has this call_id')
    }
    const content = this.#content(output, `${path}/output`)
    this.messages.push({ role: 'tool', tool_call_id: call_id, content })
  }

  /** The message of the assistant that was being written, when it has calls. */
  #answerWithCalls(): AssistantMessage | undefined {
    const last = this.messages.at(-1)
    return last?.role === 'assistant' && last.tool_calls ? last : undefined
  }

  #content(given: unknown, path: string): Content {
    if (typeof given === 'string') return given
    if (!Array.isArray(given)) {
      this.refusals.add(path, 'expected a string or a list of parts')
      return ''
    }
    const parts = given.flatMap((part, index) => {
      const where = { path: `${path}/${index}`, refusals: this.refusals }
      const checked = checkedByType<Part>(PARTS, part, where)
      return checked ? [chatPart(checked)] : []
    })
    // Servers that know nothing but strings take a single text.
    const [only] = parts
    return parts.length === 1 && only?.type === 'text' ? only.text : parts
  }
}

function partsOf(content: Content): ContentPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function chatPart(part: Part): ContentPart {
  if (part.type === 'refusal') return { type: 'refusal', refusal: part.refusal }
  if (part.type !== 'input_image') return { type: 'text', text: part.text }
  const { image_url: url, detail } = part
  return { type: 'image_url', image_url: detail ? { url, detail } : { url } }
}

/** The value when it is of a known type and as that type's schema allows; a message need not say its type. */
function checkedByType<T>(
  schemas: SchemaByType,
  given: unknown,
  { path, refusals }: { path: string; refusals: Refusals },
): T | undefined {
  if (typeof given !== 'object' || given === null) {
    refusals.add(path, 'expected an object')
    return undefined
  }
  const type = 'type' in given ? given.type : 'message'
  const schema = schemas.get(type as string)
  if (schema) return refusals.check(schema, given, path) as T | undefined
  const known = `expected one of ${[...schemas.keys()].join(', ')}`
  refusals.add(`${path}/type`, type === 'item_reference' ? NO_REFERENCES : known)
  return undefined
}
