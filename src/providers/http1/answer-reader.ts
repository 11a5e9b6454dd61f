import { UpstreamFault } from '../upstream.ts'
import type { Framing } from './framing.ts'
import { framingOf } from './framing-of.ts'
import type { Head } from './head.ts'
import { HeadBytes } from './head-bytes.ts'

/** Heads before the final one; a server that sends more means harm. */
const MAX_INFORMATIONAL = 16
const SWITCHING_PROTOCOLS = 101

/** Reads the bytes of one answer, however the network cuts them. Pure: it knows no socket. */
export class AnswerReader {
  /** The final head, once it is whole. */
  head: Head | null = null
  #framing: Framing | null = null
  #bytes: HeadBytes | null = new HeadBytes()
  #informational = 0
  #closed = false

  /** Bytes of the body where they are known beforehand. */
  get length(): number | null {
    return this.#framing === null ? null : this.#framing.length
  }

  /** Whether the answer is whole. */
  get ended(): boolean {
    return this.#framing !== null && (this.#framing.ended || this.#closed)
  }

  /**
   * How long the connection may wait for another request, in ms: 0 when this answer does not say so, is not whole, or
   * left something behind; Infinity where the server does not say how long.
   */
  get keepMs(): number {
    const { head } = this
    const framing = this.#framing
    if (head === null || framing === null || !framing.ended || framing.excess > 0) return 0
    // Two ways to tell the length are a trick or a mistake. Source: RFC 9112, section 6.3.
    const isAmbiguous = framing.length === null && head.get('content-length') !== null
    return isAmbiguous ? 0 : head.keepMs
  }

  /** The body's part of a read; empty while the head is not whole. @throws UpstreamFault `unreadable` */
  push(read: Buffer): Buffer {
    const rest = this.#framing === null ? this.#readHeads(read) : read
    return rest === null || this.#framing === null ? NOTHING : this.#framing.take(rest)
  }

  /** Whether the answer is whole if the connection ends now. */
  get endsWithConnection(): boolean {
    return this.#framing !== null && this.#framing.endsWithConnection
  }

  /** The connection has ended, where that ends the answer. */
  close(): void {
    this.#closed = true
  }

  /** What stands behind the final head in this read; null while there is none. */
  #readHeads(read: Buffer): Buffer | null {
    let rest = read
    while (this.#bytes !== null) {
      const found = this.#bytes.push(rest)
      if (found === null) return null
      rest = found.rest
      this.#take(found.head)
      if (rest.length === 0 && this.#framing === null) return null
    }
    return rest
  }

  #take(head: Head): void {
    if (head.isInformational) {
      this.#informational++
      if (head.status === SWITCHING_PROTOCOLS || this.#informational > MAX_INFORMATIONAL)
        throw new UpstreamFault('unreadable', 'bad_informational')
      return
    }
    this.#framing = framingOf(head)
    this.head = head
    this.#bytes = null
  }
}

const NOTHING = Buffer.alloc(0)
