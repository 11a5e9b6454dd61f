import type { AnswerEvent } from './answer.ts'
import type { Signature } from './parts.ts'

/** A piece of a tool call, as far as a wire says it. */
export interface CallFragment {
  /** The place of the call in its answer, as the provider counts. */
  index?: number | undefined
  id?: string | undefined
  name?: string | undefined
  arguments?: string | undefined
  signature?: Signature | undefined
}

interface OpenCall {
  index: number | undefined
  id: string
  name: string
  /** Arguments that came before the name. */
  early: string
  /** Its number among the events; null before its name is known. */
  call: number | null
  hasArguments: boolean
  signature?: Signature
}

/**
 * Makes events of the pieces of tool calls, in the habits of those who copy OpenAI's format: indexes that repeat or are
 * missing, ids that are empty or repeated with every piece, names that are repeated or come after the arguments.
 *
 * A new id begins a new call, whatever its index. Without an id the index tells; without both, the last call goes on.
 */
export class CallAssembler {
  readonly #calls: OpenCall[] = []
  #begun = 0

  get count(): number {
    return this.#calls.length
  }

  /** The events of one piece. */
  add(fragment: CallFragment): AnswerEvent[] {
    const known = this.#find(fragment)
    const call = known ?? this.#open(fragment)
    call.id ||= fragment.id ?? ''
    call.name ||= fragment.name ?? ''
    if (fragment.signature) call.signature = fragment.signature
    const text = fragment.arguments ?? ''
    if (call.call === null && call.name === '') {
      call.early += text
      return []
    }
    return [...this.#begin(call), ...argumentsOf(call, text)]
  }

  /** The events that are missing at the end: calls whose name has never come, and arguments of tools that take none. */
  end(): AnswerEvent[] {
    return this.#calls.flatMap((call) => {
      const begun = [...this.#begin(call), ...argumentsOf(call, '')]
      return call.hasArguments ? begun : [...begun, ...argumentsOf(call, '{}')]
    })
  }

  #find({ id, index, name }: CallFragment): OpenCall | undefined {
    if (id) return this.#findById(id, index)
    if (index !== undefined) return this.#calls.findLast((call) => call.index === index)
    const last = this.#calls.at(-1)
    // Whole calls, one after the other, without anything that tells them apart but their names.
    const isAnother = Boolean(name && last?.name && name !== last.name)
    return isAnother ? undefined : last
  }

  #findById(id: string, index: number | undefined): OpenCall | undefined {
    const atIndex = this.#calls.findLast((call) => call.index === index)
    // An id that comes late belongs to the call at its index, as long as that has none.
    if (index !== undefined && atIndex?.id === '') return atIndex
    const same = this.#calls.findLast((call) => call.id === id)
    return same?.index === index || index === undefined ? same : undefined
  }

  #open({ index, id = '' }: CallFragment): OpenCall {
    const call: OpenCall = { index, id, name: '', early: '', call: null, hasArguments: false }
    this.#calls.push(call)
    return call
  }

  #begin(call: OpenCall): AnswerEvent[] {
    if (call.call !== null) return []
    call.call = this.#begun++
    const { id, name, signature } = call
    return [{ type: 'tool_call', call: call.call, id, name, ...(signature && { signature }) }]
  }
}

function argumentsOf(call: OpenCall, text: string): AnswerEvent[] {
  const all = call.early + text
  call.early = ''
  call.hasArguments ||= all !== ''
  return all === '' ? [] : [{ type: 'arguments', call: call.call!, text: all }]
}
