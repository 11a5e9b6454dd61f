/** What a provider says about a request that it does not answer, in its own words. */
export interface Verdict {
  message: string
  /** Its stable name for the fault, such as `context_length_exceeded`. */
  code: string | null
  /** The field of the request that it finds wrong. */
  param: string | null
}

/** What a reader finds where an answer should be: something unreadable, or an error object. */
export class WireFault extends Error {
  override readonly name = 'WireFault'

  /** @param verdict of an error object; null for what cannot be read */
  constructor(readonly verdict: Verdict | null = null) {
    super(verdict?.message ?? 'The answer cannot be read.')
  }
}
