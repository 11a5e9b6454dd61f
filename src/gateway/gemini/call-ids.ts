interface OpenCall {
  id: string
  name: string
}

/**
 * The ids of the calls in a conversation. Google's clients may leave them out and answer by the name alone: such a call
 * gets one here, and the result that comes next under its name is taken for its own.
 */
export class CallIds {
  readonly #open: OpenCall[] = []
  #made = 0

  /** Of a call, as it stands in the conversation. */
  called(id: string, name: string): string {
    const known = id || `call_${this.#made++}`
    this.#open.push({ id: known, name })
    return known
  }

  /** Of the call that a result belongs to. One that belongs to none has its own, or the name. */
  answered(id: string, name: string): string {
    const sameId = this.#open.findIndex((call) => id !== '' && call.id === id)
    const index = sameId < 0 ? this.#open.findIndex((call) => call.name === name) : sameId
    if (index < 0) return id || name
    const [call] = this.#open.splice(index, 1)
    return call!.id
  }
}
