/** As much is read of answers within one turn of the event loop: a few milliseconds. */
const BYTES_PER_TURN = 256 * 1024
/** Less does not have to wait: these are the deltas of an ordinary model. */
const SMALL_BYTES = 16 * 1024

/** What is done with many bytes at once. */
export interface TurnSize {
  /** As much may be looked at within one turn of the event loop. */
  bytesPerTurn: number
  /** Less does not have to wait. */
  smallBytes: number
}

/** Has large reads wait for one another, so that many streams that run at full speed leave turns to everybody else. */
export class ByteTurns {
  readonly #size: TurnSize
  #left: number
  #waiting: { bytes: number; go: () => void }[] = []
  #scheduled = false

  constructor(size: TurnSize = { bytesPerTurn: BYTES_PER_TURN, smallBytes: SMALL_BYTES }) {
    this.#size = size
    this.#left = size.bytesPerTurn
  }

  /** Resolves when it is the turn of these bytes. */
  async take(bytes: number): Promise<void> {
    if (bytes < this.#size.smallBytes) return
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
    this.#left = this.#size.bytesPerTurn
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

/** Of all answers of providers together. */
export const answerTurns = new ByteTurns()
