import type { AnswerEvent, AnswerPart } from '../form/answer.ts'
import type { ToolSpec } from '../form/request.ts'

/**
 * Tells the client's tool calls, which are handed back to it, from those of tools that run here, which nobody is told of.
 *
 * A name that nobody has is the client's where only the client has tools: it is its model that made it up.
 */
export class HandedBack {
  readonly #clients: ReadonlySet<string>
  readonly #ours: ReadonlySet<string> | null
  /** The numbers of the client's calls in the answer being read, by its own numbers. */
  #numbers = new Map<number, number>()
  #told = 0

  /** @param ours null where no tools run here */
  constructor(clients: readonly ToolSpec[], ours: readonly ToolSpec[] | null) {
    this.#clients = namesOf(clients)
    this.#ours = ours && namesOf(ours)
  }

  /** The parts of a whole answer that the client is told. */
  partsOf(parts: AnswerPart[]): AnswerPart[] {
    this.#numbers = new Map()
    return parts.filter((part) => part.type !== 'tool_call' || this.#isClients(part.name))
  }

  /** The events that the client is told; calls are numbered through all answers of the conversation. */
  told(events: AnswerEvent[]): AnswerEvent[] {
    if (!events.some(isOfCall)) return events
    return events.flatMap((event): AnswerEvent[] => {
      if (event.type === 'tool_call') {
        if (!this.#isClients(event.name)) return []
        this.#numbers.set(event.call, this.#told++)
      } else if (event.type !== 'arguments') return [event]
      const call = this.#numbers.get(event.call)
      return call === undefined ? [] : [{ ...event, call }]
    })
  }

  #isClients(name: string): boolean {
    if (this.#ours === null || this.#clients.has(name)) return true
    return this.#clients.size > 0 && this.#ours.size === 0
  }
}

const NO_NAMES: ReadonlySet<string> = new Set()

/** Most conversations have no tools. */
function namesOf(tools: readonly ToolSpec[]): ReadonlySet<string> {
  return tools.length === 0 ? NO_NAMES : new Set(tools.map(({ name }) => name))
}

function isOfCall({ type }: AnswerEvent): boolean {
  return type === 'tool_call' || type === 'arguments'
}
