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
  signature: Signature | undefined
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

  /** The events of one piece. */
  add(fragment: CallFragment): AnswerEvent[] {
    const known = this.#find(fragment)
    const call = known ?? this.#open(fragment)
    call.id ||= fragment.id ?? ''
    call.name ||= fragment.name ?? ''
    call.signature ??= fragment.signature
    const text = fragment.arguments ?? ''
    if (call.call === null && call.name === '') {
      call.early += text
      return []
    }
    return [...this.#begin(call), ...argumentsOf(call, text)]
  }

  /** The events of calls whose name has never come: what is left of a broken answer. */
  end(): AnswerEvent[] {
    return this.#calls.flatMap((call) => [...this.#begin(call), ...argumentsOf(call, '')])
  }

  #find({ id, index, name }: CallFragment): OpenCall | undefined {
    const last = this.#calls.at(-1)
    if (id) {
      const same = this.#calls.findLast((call) => call.id === id)
      if (same) return same
      // An id that comes late belongs to the call at its index, as long as that has none.
      const atIndex = this.#calls.findLast((call) => call.index === index)
      return index !== undefined && atIndex?.id === '' ? atIndex : undefined
    }
    if (index !== undefined) return this.#calls.findLast((call) => call.index === index)
    // Whole calls, one after the other, without anything that tells them apart but their names.
    const another = name !== undefined && name !== '' && last !== undefined && last.name !== ''
    return another && name !== last.name ? undefined : last
  }

  #open({ index, id = '' }: CallFragment): OpenCall {
    const call: OpenCall = { index, id, name: '', early: '', call: null, signature: undefined }
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
  return all === '' ? [] : [{ type: 'arguments', call: call.call!, text: all }]
}
