import { AresError, type ErrorDetail } from '../errors.ts'
import { shownPath } from '../shorten.ts'

/** What is said of a field that has no counterpart where the request goes. */
const NO_COUNTERPART = 'this cannot be honoured by the model asked for'

/** Mistakes named in one answer; a request full of them says no more. */
const MAX_DETAILS = 20
/** Mistakes told in the sentence: clients of the compatible surfaces get no list beside it. */
const MAX_TOLD = 5

/**
 * What a request loses on its way to a provider, gathered while it is written, so that one answer names everything.
 *
 * Whoever writes a request always writes the nearest thing that the provider understands, and notes the difference.
 * Whether a difference may be is the caller's policy: an agent's request is adapted, for its owner configured it once for
 * whatever model serves it; a client's request is refused, for it asked for exactly this, now.
 */
export class Notes {
  readonly #details: ErrorDetail[] = []
  readonly #leftOut = new Set<string>()
  readonly #placeOf: (at: string) => string

  /** @param placeOf where the client wrote what stands at a place of the request, when that is elsewhere */
  constructor(placeOf: (at: string) => string = (at) => at) {
    this.#placeOf = placeOf
  }

  /**
   * The request asks for another answer than will be given.
   *
   * @param at where in the client's request, as a JSON pointer; a difference in what is ours is always adapted
   * @param why what would be allowed there, as the end of a sentence
   */
  refuse(at: string | undefined, why: string = NO_COUNTERPART): void {
    if (at !== undefined && this.#details.length < MAX_DETAILS) {
      this.#details.push({ path: this.#placeOf(at), message: why })
    }
  }

  /** A hint that the provider is not given; no answer depends on it. */
  leaveOut(at: string | undefined): void {
    if (at !== undefined) this.#leftOut.add(this.#placeOf(at))
  }

  /** Refuses each field outside of `known` that is neither absent nor null. */
  refuseUnknown(object: object, known: ReadonlySet<string>, at: string): void {
    for (const [field, value] of Object.entries(object)) {
      if (known.has(field) || value === null || value === undefined) continue
      this.refuse(`${at}/${pointerPart(field)}`)
    }
  }

  /** Where the hints stand that were left out, as JSON pointers. */
  get leftOut(): readonly string[] {
    return [...this.#leftOut]
  }

  /** @throws AresError `invalid` with all that is to be refused, when there is anything */
  throwIfAny(): void {
    if (this.#details.length === 0) return
    const details = distinct(this.#details)
    throw new AresError('invalid', sentenceOf(details), { details })
  }
}

/** A field's name as JSON pointers write it. */
export function pointerPart(field: string): string {
  return field.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Every mistake with its place, in one sentence. */
function sentenceOf(details: ErrorDetail[]): string {
  const told = details
    .slice(0, MAX_TOLD)
    .map(({ path, message }) => `${shownPath(path)}: ${message}`)
  const others = details.length - told.length
  return `${told.join('; ')}${others > 0 ? `; and ${others} more` : ''}.`
}

/** One field of the client's may have become several. */
function distinct(details: ErrorDetail[]): ErrorDetail[] {
  const byText = new Map(details.map((detail) => [`${detail.path}: ${detail.message}`, detail]))
  return [...byText.values()]
}
