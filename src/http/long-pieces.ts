/** Characters, or bytes, that are written at once. */
export const STEP = 64 * 1024

/** What is written a step at a time. */
export interface LongPiece {
  readonly isWritten: boolean
  /** The next step; not to be asked for once all is written. */
  next(): Uint8Array
  /** Nobody wants the rest. */
  giveBack(): void
}

const encoder = new TextEncoder()

/** Text, encoded as it is written. */
export class LongText implements LongPiece {
  readonly #text: string
  #written = 0

  constructor(text: string) {
    this.#text = text
  }

  get isWritten(): boolean {
    return this.#written === this.#text.length
  }

  next(): Uint8Array {
    const text = this.#text
    const start = this.#written
    let end = Math.min(start + STEP, text.length)
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--
    this.#written = end
    return encoder.encode(text.slice(start, end))
  }

  giveBack(): void {
    this.#written = this.#text.length
  }
}

/** The first half of a character: it cannot be encoded without the other. */
function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

/**
 * Bytes. Those that have their memory to themselves lose it with the last step, and may not be looked at any more: left
 * to the collector, sixty callers of runs of a megabyte have it hold hundreds of them.
 */
export class LongBytes implements LongPiece {
  readonly #bytes: Uint8Array<ArrayBuffer>
  #written = 0

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes
  }

  get isWritten(): boolean {
    return this.#written >= this.#bytes.byteLength
  }

  /** A copy (the `slice` of a `Buffer` is none), for what is handed out may be looked at long after the next step. */
  next(): Uint8Array {
    const step = new Uint8Array(this.#bytes.subarray(this.#written, this.#written + STEP))
    this.#written += STEP
    if (this.isWritten) this.giveBack()
    return step
  }

  giveBack(): void {
    const { buffer, byteLength } = this.#bytes
    this.#written = Infinity
    if (byteLength === buffer.byteLength && !buffer.detached) buffer.transfer(0)
  }
}
