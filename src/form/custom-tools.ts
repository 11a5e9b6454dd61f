import type { AnswerEvent, AnswerPart } from './answer.ts'
import { FreeText, freeTextIn } from './free-text.ts'
import type { Message, Part } from './parts.ts'
import type { ModelRequest, ToolSpec } from './request.ts'
import type { Wording } from './wording.ts'

/*
 * Tools that take free text are said as functions of one string, which every provider knows; their calls come back as
 * free text.
 */

const PARAMETERS = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
  additionalProperties: false,
}

const NO_NAMES: ReadonlySet<string> = new Set()

/** The tools of free text of one conversation. */
export class CustomTools implements Wording {
  readonly #names: ReadonlySet<string>
  /** The calls being read, by their numbers. */
  #calls = new Map<number, FreeText>()

  constructor(tools: readonly ToolSpec[] = []) {
    const custom = tools.filter((tool) => tool.custom)
    this.#names = custom.length === 0 ? NO_NAMES : new Set(custom.map(({ name }) => name))
  }

  /** The same request without tools of free text. */
  asked<R extends ModelRequest>(request: R): R {
    const { tools, messages } = request
    if (!tools?.some(({ custom }) => custom) && !messages.some(hasFreeText)) return request
    const asked = { ...request, messages: messages.map(withFunctionCalls) }
    return tools ? { ...asked, tools: tools.map(asFunction) } : asked
  }

  /** Those events, the arguments of free text as it is. */
  read(events: AnswerEvent[]): AnswerEvent[] {
    if (this.#names.size === 0) return events
    return events.flatMap((event): AnswerEvent[] => {
      if (event.type === 'tool_call' && this.#names.has(event.name)) {
        this.#calls.set(event.call, new FreeText())
        return [{ ...event, custom: true }]
      }
      const text = event.type === 'arguments' ? this.#calls.get(event.call) : undefined
      return event.type === 'arguments' && text ? piece(event.call, text.add(event.text)) : [event]
    })
  }

  /** The events that are missing when an answer has ended. */
  end(): AnswerEvent[] {
    if (this.#calls.size === 0) return []
    const rest = [...this.#calls].flatMap(([call, text]) => piece(call, text.end()))
    this.#calls = new Map()
    return rest
  }

  /** The parts of a whole answer, likewise. */
  partsOf(parts: AnswerPart[]): AnswerPart[] {
    if (this.#names.size === 0) return parts
    return parts.map((part) =>
      part.type === 'tool_call' && this.#names.has(part.name)
        ? { ...part, arguments: freeTextIn(part.arguments), custom: true }
        : part,
    )
  }
}

function piece(call: number, text: string): AnswerEvent[] {
  return text === '' ? [] : [{ type: 'arguments', call, text }]
}

function asFunction({ custom, ...tool }: ToolSpec): ToolSpec {
  if (!custom) return tool
  const grammar = custom.format === undefined ? '' : `Its format: ${JSON.stringify(custom.format)}`
  const description = [tool.description, 'The input is free text.', grammar].filter(Boolean)
  return { ...tool, description: description.join('\n\n'), parameters: PARAMETERS }
}

function withFunctionCalls(message: Message): Message {
  return hasFreeText(message) ? { ...message, parts: message.parts.map(asFunctionCall) } : message
}

function hasFreeText({ parts }: Message): boolean {
  return parts.some((part) => part.type === 'tool_call' && part.custom)
}

function asFunctionCall(part: Part): Part {
  if (part.type !== 'tool_call' || !part.custom) return part
  const call = { ...part, arguments: JSON.stringify({ input: part.arguments }) }
  delete call.custom
  return call
}
