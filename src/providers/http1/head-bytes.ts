import { UpstreamFault } from '../upstream.ts'
import { Head, MAX_HEAD_BYTES } from './head.ts'

const BLANK_LINE = '\r\n\r\n'
const CR = 13
const LF = 10
const PROTOCOL = Buffer.from('HTTP/1.')

/** Gathers bytes until a head is whole, however they are cut. */
export class HeadBytes {
  /** What arrived in reads before; room behind it, so that a head in single bytes is not copied with each. */
  #held = Buffer.alloc(0)
  #size = 0

  /**
   * Takes a read.
   *
   * @returns the head, and what stands behind it in this read; null while it is not whole
   * @throws UpstreamFault `unreadable`, as soon as it can be no head or is too long
   */
  push(read: Buffer): { head: Head; rest: Buffer } | null {
    const before = this.#size
    const bytes = before === 0 ? read : this.#joined(read)
    const end = bytes.indexOf(BLANK_LINE, Math.max(0, before - BLANK_LINE.length + 1))
    if (end > MAX_HEAD_BYTES || (end < 0 && bytes.length > MAX_HEAD_BYTES))
      throw new UpstreamFault('unreadable', 'head_too_large')
    if (end < 0) return this.#wait(bytes, before)
    this.#size = 0
    const head = Head.parse(bytes.toString('latin1', 0, end))
    return { head, rest: read.subarray(end + BLANK_LINE.length - before) }
  }

  /** @param before where what is new in these bytes begins */
  #wait(bytes: Buffer, before: number): null {
    const length = Math.min(bytes.length, PROTOCOL.length)
    if (PROTOCOL.compare(bytes, 0, length, 0, length) !== 0)
      throw new UpstreamFault('unreadable', 'not_http')
    // With lone line feeds a blank line would be waited for in vain.
    for (let at = bytes.indexOf(LF, before); at >= 0; at = bytes.indexOf(LF, at + 1))
      if (bytes[at - 1] !== CR) throw new UpstreamFault('unreadable', 'lone_line_feed')
    if (this.#size === 0) this.#joined(bytes)
    return null
  }

  #joined(read: Buffer): Buffer {
    const size = this.#size + read.length
    if (size > this.#held.length) {
      const larger = Buffer.allocUnsafe(2 * size)
      this.#held.copy(larger, 0, 0, this.#size)
      this.#held = larger
    }
    read.copy(this.#held, this.#size)
    this.#size = size
    return this.#held.subarray(0, size)
  }
}
