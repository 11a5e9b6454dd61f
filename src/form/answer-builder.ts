import { GrowingText } from '../growing-text.ts'
import type { AnswerEvent, AnswerPart } from './answer.ts'
import type { Signature, ToolCallPart } from './parts.ts'

/** A part that is being written. */
type Writing =
  | { type: 'text'; text: GrowingText; logprobs: unknown[] }
  | { type: 'refusal'; text: GrowingText }
  | { type: 'reasoning'; text: GrowingText; signature?: Signature; redacted?: true }
  | (Begun & { text: GrowingText })

type Begun = Omit<ToolCallPart, 'arguments'>

type WritingCall = Extract<Writing, { type: 'tool_call' }>

/** Puts the events of an answer together: the parts of what has arrived, whoever is told of it on the way. */
export class AnswerBuilder {
  readonly #parts: Writing[] = []
  readonly #calls: WritingCall[] = []

  add(event: AnswerEvent): void {
    switch (event.type) {
      case 'text':
        return this.#addText(event)
      case 'signature':
        return this.#seal(event)
      case 'tool_call':
        return this.#begin(event)
      case 'arguments':
        return this.#calls[event.call]?.text.add(event.text)
      default:
        return this.#partOf(event.type).text.add(event.text)
    }
  }

  /** What the model wrote so far. A tool without parameters is often called without any text at all. */
  get parts(): AnswerPart[] {
    return this.#parts.map(finished)
  }

  #addText({ text, logprobs = [] }: Extract<AnswerEvent, { type: 'text' }>): void {
    const part = this.#partOf('text')
    part.text.add(text)
    for (const each of logprobs) part.logprobs.push(each)
  }

  #begin({ id, name, custom, signature }: Extract<AnswerEvent, { type: 'tool_call' }>): void {
    const call: WritingCall = { type: 'tool_call', id, name, text: new GrowingText() }
    if (custom) call.custom = custom
    if (signature) call.signature = signature
    this.#calls.push(call)
    this.#parts.push(call)
  }

  #seal({ signature, redacted }: Extract<AnswerEvent, { type: 'signature' }>): void {
    if (redacted) {
      this.#parts.push({ type: 'reasoning', text: new GrowingText(), signature, redacted })
    } else this.#partOf('reasoning').signature = signature
  }

  /** The last part when it is of that type and may go on; otherwise a new one. */
  #partOf<T extends 'text' | 'refusal' | 'reasoning'>(type: T): Extract<Writing, { type: T }> {
    const last = this.#parts.at(-1)
    if (last?.type === type && !isSealed(last)) return last as Extract<Writing, { type: T }>
    const text = new GrowingText()
    const begun = type === 'text' ? { type, text, logprobs: [] } : { type, text }
    this.#parts.push(begun as Writing)
    return begun as Extract<Writing, { type: T }>
  }
}

/** What is said behind a seal is another thought. */
function isSealed(part: Writing): boolean {
  return part.type === 'reasoning' && part.signature !== undefined
}

function finished(writing: Writing): AnswerPart {
  if (writing.type === 'text') return finishedText(writing)
  const { text: pieces, ...part } = writing
  const text = pieces.toString()
  if (part.type !== 'tool_call') return { ...part, text }
  return { ...part, arguments: text === '' && !part.custom ? '{}' : text }
}

function finishedText({ text: pieces, logprobs }: Extract<Writing, { type: 'text' }>): AnswerPart {
  const text = pieces.toString()
  return logprobs.length > 0 ? { type: 'text', text, logprobs } : { type: 'text', text }
}
