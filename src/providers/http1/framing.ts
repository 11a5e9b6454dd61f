/** Tells where the body of an answer ends. */
export interface Framing {
  /** Bytes of the body where they are known beforehand. */
  readonly length: number | null
  /** Whether the body is whole if the connection ends now. */
  readonly endsWithConnection: boolean
  readonly ended: boolean
  /** Bytes of the last read that stand behind the end. */
  readonly excess: number
  /** The body's part of a read, which it may move within it. @throws UpstreamFault `unreadable` */
  take(bytes: Buffer): Buffer
}

/** A body that says how long it is. */
export class Length implements Framing {
  readonly endsWithConnection = false
  excess = 0
  #left: number

  constructor(readonly length: number) {
    this.#left = length
  }

  get ended(): boolean {
    return this.#left === 0
  }

  take(bytes: Buffer): Buffer {
    this.excess = Math.max(0, bytes.length - this.#left)
    const part = this.excess === 0 ? bytes : bytes.subarray(0, this.#left)
    this.#left -= part.length
    return part
  }
}

/** A body that says nothing: its end is the connection's. */
export class UntilClose implements Framing {
  readonly length = null
  readonly endsWithConnection = true
  readonly ended = false
  readonly excess = 0

  take(bytes: Buffer): Buffer {
    return bytes
  }
}
