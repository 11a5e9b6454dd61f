import type { AnswerEvent, AnswerPart } from './answer.ts'
import type { AnswerFormat, ModelRequest, ToolChoice, ToolSpec } from './request.ts'
import type { Wording } from './wording.ts'

/*
 * An answer in a promised form, of models that cannot promise one: they are given a tool whose arguments are the answer.
 * It has to be called where it is the only one. Beside other tools it stands among them, and one of all has to be called,
 * for a model that may also talk would.
 */

const DESCRIPTION =
  'Gives the answer to the user. Call it once you know the answer, and write no answer beside it.'

/** What is asked for where any JSON object will do. */
const ANY_OBJECT = { type: 'object', properties: {}, additionalProperties: true }

/** The tool by which one conversation is answered. Of an answer that also calls others, what comes first counts. */
export class OutputTool implements Wording {
  /** Set where no further call of another tool may be made. */
  isLast = false
  readonly #tool: ToolSpec
  /** What was said before the first call: nobody is told it where an answer follows. */
  #held: AnswerEvent[] = []
  /** The number of the first call of the answer being read. */
  #first: number | null = null
  #isAnswer = false
  /** The calls that do not count, by their numbers. */
  #dropped = new Set<number>()

  /** @param tools all that stand beside it */
  constructor(format: AnswerFormat, tools: readonly ToolSpec[]) {
    this.#tool = toolFor(format, new Set(tools.map(({ name }) => name)))
  }

  asked<R extends ModelRequest>(request: R): R {
    const { tools = [], toolChoice } = request
    const formless = { ...request }
    delete formless.format
    // Whoever has one of the other tools called wants no answer yet.
    if (toolChoice === 'required' || typeof toolChoice === 'object') return formless
    return { ...formless, tools: [...tools, this.#tool], toolChoice: this.#choice(request) }
  }

  #choice({ tools = [], toolChoice }: ModelRequest): ToolChoice {
    const isOnly = tools.length === 0 || toolChoice === 'none' || this.isLast
    return isOnly ? { name: this.#tool.name } : 'required'
  }

  read(events: AnswerEvent[]): AnswerEvent[] {
    return events.flatMap((event) => this.#read(event))
  }

  #read(event: AnswerEvent): AnswerEvent[] {
    switch (event.type) {
      case 'tool_call':
        return this.#begin(event)
      case 'arguments':
        if (this.#dropped.has(event.call)) return []
        return this.#isAnswer ? [{ type: 'text', text: event.text }] : [event]
      case 'text':
        if (this.#first !== null) return this.#isAnswer ? [] : [event]
        this.#held.push(event)
        return []
      default:
        return [event]
    }
  }

  #begin(event: Extract<AnswerEvent, { type: 'tool_call' }>): AnswerEvent[] {
    const isAnswer = event.name === this.#tool.name
    if (this.#first !== null) {
      if (!isAnswer && !this.#isAnswer) return [event]
      this.#dropped.add(event.call)
      return []
    }
    const held = this.#held
    this.#first = event.call
    this.#isAnswer = isAnswer
    this.#held = []
    return isAnswer ? [] : [...held, event]
  }

  end(): AnswerEvent[] {
    const rest = this.#held
    this.#held = []
    this.#first = null
    this.#isAnswer = false
    this.#dropped = new Set()
    return rest
  }

  partsOf(parts: AnswerPart[]): AnswerPart[] {
    const first = parts.find((part) => part.type === 'tool_call')
    if (first?.type !== 'tool_call') return parts
    const isOurs = (part: AnswerPart) => part.type === 'tool_call' && part.name === this.#tool.name
    if (!isOurs(first)) return parts.filter((part) => !isOurs(part))
    const others = parts.filter(({ type }) => type !== 'tool_call' && type !== 'text')
    return [...others, { type: 'text', text: first.arguments }]
  }
}

function toolFor(format: AnswerFormat, taken: ReadonlySet<string>): ToolSpec {
  const isSchema = format.type === 'json_schema'
  const asked = isSchema && format.description ? [format.description] : []
  let name = 'answer'
  while (taken.has(name)) name += '_'
  return {
    name,
    description: [...asked, DESCRIPTION].join('\n\n'),
    parameters: isSchema ? format.schema : ANY_OBJECT,
  }
}
