/** As much is read into events within one turn of the event loop: a few milliseconds. */
const BYTES_PER_TURN = 512 * 1024
/** Less does not have to wait: these are the deltas of an ordinary model. */
const SMALL_BYTES = 16 * 1024

/** Has large reads wait for one another, so that many streams that run at full speed leave turns to everybody else. */
export class ByteTurns {
  #left = BYTES_PER_TURN
  #waiting: { bytes: number; go: () => void }[] = []
  #scheduled = false

  /** Resolves when it is the turn of these bytes. */
  async take(bytes: number): Promise<void> {
    if (bytes < SMALL_BYTES) return
    this.#schedule()
    if (this.#waiting.length > 0 || this.#left <= 0)
      await new Promise<void>((go) => this.#waiting.push({ bytes, go }))
    else this.#left -= bytes
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.#nextTurn())
  }

  #nextTurn(): void {
    this.#scheduled = false
    this.#left = BYTES_PER_TURN
    let served = 0
    for (; served < this.#waiting.length && this.#left > 0; served++) {
      const { bytes, go } = this.#waiting[served]!
      this.#left -= bytes
      go()
    }
    this.#waiting = this.#waiting.slice(served)
    if (this.#waiting.length > 0) this.#schedule()
  }
}
