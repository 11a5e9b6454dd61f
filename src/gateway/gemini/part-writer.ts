import type { AnswerPart } from '../../form/answer.ts'
import type { Signature } from '../../form/parts.ts'
import { inputOf } from '../form/tool-input.ts'
import { type Seal, thoughtSignatureOf } from './seal.ts'

export interface WrittenCall {
  id: string
  name: string
  /** JSON text as the model wrote it, which may be broken. */
  arguments: string
  signature?: Signature | undefined
}

/** Writes what a model says as parts of Google's format. */
export class PartWriter {
  readonly #runId: string
  readonly #tellsThoughts: boolean
  /** Of Google's own models, for the part that follows. */
  #seal: string | null = null
  #calls = 0

  /** @param tellsThoughts where nobody asked for thoughts, their seals alone are told, as Google does */
  constructor(runId: string, tellsThoughts: boolean) {
    this.#runId = runId
    this.#tellsThoughts = tellsThoughts
  }

  part(part: AnswerPart): object[] {
    switch (part.type) {
      case 'text':
      case 'refusal':
        return this.text(part.text)
      case 'reasoning': {
        const { text, signature, redacted } = part
        const seal = signature && { signature, ...(redacted && { redacted }) }
        return seal ? this.seal(seal, text) : this.thought(text)
      }
      default:
        return [this.call(part)]
    }
  }

  text(text: string): object[] {
    return text === '' ? [] : [this.#sealed({ text })]
  }

  thought(text: string): object[] {
    return this.#tellsThoughts && text !== '' ? [{ text, thought: true }] : []
  }

  /** Google's seal stands at what follows the thought; that of another family is of use beside the thought alone. */
  seal(seal: Seal, text = ''): object[] {
    const thoughtSignature = thoughtSignatureOf(seal)
    if (seal.signature.family !== 'gemini') {
      return this.#tellsThoughts ? [{ text, thought: true, thoughtSignature }] : []
    }
    this.#seal = thoughtSignature
    return this.thought(text)
  }

  call({ id, name, arguments: text, signature }: WrittenCall): object {
    if (signature?.family === 'gemini') this.#seal = signature.data
    const ownId = `call_${this.#runId.replaceAll('-', '')}_${this.#calls++}`
    return this.#sealed({ functionCall: { id: id || ownId, name, args: inputOf(text) } })
  }

  /** A seal that nothing follows. */
  rest(): object[] {
    return this.#seal === null ? [] : [this.#sealed({ text: '' })]
  }

  #sealed(part: object): object {
    if (this.#seal === null) return part
    const thoughtSignature = this.#seal
    this.#seal = null
    return { ...part, thoughtSignature }
  }
}
