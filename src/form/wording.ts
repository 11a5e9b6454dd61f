import type { AnswerEvent, AnswerPart } from './answer.ts'
import type { ModelRequest } from './request.ts'

/**
 * Says what a provider has no words for in words that it has, and puts back what it answers. Of one conversation: what
 * was said in one answer is forgotten by `end`.
 */
export interface Wording {
  /** What the provider is asked instead. */
  asked<R extends ModelRequest>(request: R): R
  /** What its events mean. */
  read(events: AnswerEvent[]): AnswerEvent[]
  /** The events that are missing when an answer has ended. */
  end(): AnswerEvent[]
  /** What the parts of a whole answer mean. */
  partsOf(parts: AnswerPart[]): AnswerPart[]
}

/** Several, each of which is asked in the words of the one before it. */
export class Wordings implements Wording {
  readonly #outermostLast: readonly Wording[]

  constructor(...wordings: readonly Wording[]) {
    this.#outermostLast = wordings
  }

  asked<R extends ModelRequest>(request: R): R {
    return this.#outermostLast.reduce((said, wording) => wording.asked(said), request)
  }

  read(events: AnswerEvent[]): AnswerEvent[] {
    return this.#outermostLast.reduceRight((read, wording) => wording.read(read), events)
  }

  end(): AnswerEvent[] {
    return this.#outermostLast.reduceRight<AnswerEvent[]>(
      (rest, wording) => [...wording.read(rest), ...wording.end()],
      [],
    )
  }

  partsOf(parts: AnswerPart[]): AnswerPart[] {
    return this.#outermostLast.reduceRight((read, wording) => wording.partsOf(read), parts)
  }
}
