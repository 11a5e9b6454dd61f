import { createHash } from 'node:crypto'
import type { AnswerEvent, AnswerPart } from './answer.ts'
import type { Message, Part } from './parts.ts'
import type { ModelRequest, ToolSpec } from './request.ts'
import type { Wording } from './wording.ts'

/** Names that every provider takes. */
const SAYABLE = /^[A-Za-z_][\w-]{0,63}$/
const LONGEST = 64
const HASH_CHARACTERS = 8

/** Clients name their tools with dots, blanks and slashes, and at any length: models are told another name, and it is put back. */
export class ToolNames implements Wording {
  /** By the names that models are told. */
  readonly #meant: ReadonlyMap<string, string>

  constructor(tools: readonly ToolSpec[]) {
    const odd = tools.filter(({ name }) => !SAYABLE.test(name))
    this.#meant = new Map(odd.map(({ name }) => [sayable(name), name]))
  }

  asked<R extends ModelRequest>(request: R): R {
    const { tools, toolChoice, messages } = request
    return {
      ...request,
      ...(tools && { tools: tools.map(named) }),
      ...(typeof toolChoice === 'object' && { toolChoice: named(toolChoice) }),
      messages: messages.map(withNames),
    }
  }

  read(events: AnswerEvent[]): AnswerEvent[] {
    if (this.#meant.size === 0) return events
    return events.map((event) => (event.type === 'tool_call' ? this.#original(event) : event))
  }

  end(): AnswerEvent[] {
    return []
  }

  partsOf(parts: AnswerPart[]): AnswerPart[] {
    if (this.#meant.size === 0) return parts
    return parts.map((part) => (part.type === 'tool_call' ? this.#original(part) : part))
  }

  #original<T extends { name: string }>(call: T): T {
    return { ...call, name: this.#meant.get(call.name) ?? call.name }
  }
}

function named<T extends { name: string }>(thing: T): T {
  return SAYABLE.test(thing.name) ? thing : { ...thing, name: sayable(thing.name) }
}

/** The same name for the same tool in every request, and for no two tools. */
function sayable(name: string): string {
  const hash = createHash('sha256').update(name).digest('hex').slice(0, HASH_CHARACTERS)
  const readable = name.replaceAll(/[^\w-]/g, '_').replace(/^(?![A-Za-z_])/, '_')
  return `${readable.slice(0, LONGEST - HASH_CHARACTERS - 1)}_${hash}`
}

function withNames(message: Message): Message {
  return message.parts.some(isOddCall)
    ? { ...message, parts: message.parts.map(withName) }
    : message
}

function isOddCall(part: Part): boolean {
  return part.type === 'tool_call' && !SAYABLE.test(part.name)
}

function withName(part: Part): Part {
  return part.type === 'tool_call' ? named(part) : part
}
