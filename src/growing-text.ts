/** So many pieces are joined at a time. */
const PIECES = 64

/**
 * Text that arrives in many small pieces. A string that is added to keeps each piece, at ten times its size, until
 * somebody reads it; here they are joined now and then.
 */
export class GrowingText {
  #joined: string[] = []
  #pieces: string[] = []

  add(piece: string): void {
    if (this.#pieces.push(piece) < PIECES) return
    this.#joined.push(this.#pieces.join(''))
    this.#pieces = []
  }

  /** The text in parts, none of them made for the asking. */
  get parts(): string[] {
    return [...this.#joined, ...this.#pieces]
  }

  toString(): string {
    return this.#joined.join('') + this.#pieces.join('')
  }
}
