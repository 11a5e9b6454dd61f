import { UpstreamFault } from '../upstream.ts'
import type { Framing } from './framing.ts'

const CR = 13
const LF = 10
const SEMICOLON = 59
/** Of a size with its extensions, which nobody needs. */
const MAX_SIZE_LINE = 1024
/** Of all trailers together; they are looked through and dropped. */
const MAX_TRAILER_BYTES = 16 * 1024
/** Eight digits: four gigabytes in one chunk. */
const MAX_DIGITS = 8

/** Where in a chunked body the next byte stands. */
type Place = 'size' | 'extension' | 'size-lf' | 'data' | 'data-cr' | 'data-lf' | 'trailer' | 'end'

/**
 * A body in chunks. Its data is moved together within each read, so that one read stays one piece and nothing is
 * allocated. Source: RFC 9112, section 7.1.
 */
export class Chunks implements Framing {
  readonly length = null
  excess = 0
  #place: Place = 'size'
  /** Bytes left of the chunk, or the size so far. */
  #left = 0
  #digits = 0
  /** Bytes of the size line, or of the trailers. */
  #lineBytes = 0
  /** Bytes of the trailer line. */
  #column = 0
  #afterCr = false

  get ended(): boolean {
    return this.#place === 'end'
  }

  /** All that counts is there with the last chunk: some servers then close without the line that ends it. */
  get endsWithConnection(): boolean {
    return this.#place === 'trailer'
  }

  take(bytes: Buffer): Buffer {
    let from = 0
    let to = 0
    let start = 0
    while (from < bytes.length && this.#place !== 'end') {
      if (this.#place !== 'data') {
        this.#step(bytes[from++]!)
        continue
      }
      const length = Math.min(this.#left, bytes.length - from)
      if (to === start) {
        start = from
        to = from
      } else bytes.copyWithin(to, from, from + length)
      from += length
      to += length
      this.#left -= length
      if (this.#left === 0) this.#place = 'data-cr'
    }
    this.excess = bytes.length - from
    return bytes.subarray(start, to)
  }

  #step(byte: number): void {
    switch (this.#place) {
      case 'size':
        return this.#size(byte)
      case 'extension':
        return this.#extension(byte)
      case 'size-lf':
        return this.#sizeEnd(byte)
      case 'data-cr':
        return this.#expect(byte, CR, 'data-lf')
      case 'data-lf':
        this.#expect(byte, LF, 'size')
        this.#digits = 0
        this.#lineBytes = 0
        return
      default:
        this.#trailer(byte)
    }
  }

  #size(byte: number): void {
    const digit = hexDigit(byte)
    if (digit >= 0) {
      this.#digits++
      if (this.#digits > MAX_DIGITS) throw new UpstreamFault('unreadable', 'bad_chunk_size')
      this.#left = this.#left * 16 + digit
      return
    }
    if (this.#digits === 0) throw new UpstreamFault('unreadable', 'bad_chunk_size')
    if (byte === CR) this.#place = 'size-lf'
    else if (byte === SEMICOLON || isBlank(byte)) this.#place = 'extension'
    else throw new UpstreamFault('unreadable', 'bad_chunk_size')
  }

  #extension(byte: number): void {
    this.#lineBytes++
    if (byte === CR) this.#place = 'size-lf'
    else if (this.#lineBytes > MAX_SIZE_LINE || isControl(byte))
      throw new UpstreamFault('unreadable', 'bad_chunk_extension')
  }

  #sizeEnd(byte: number): void {
    this.#expect(byte, LF, this.#left === 0 ? 'trailer' : 'data')
    this.#lineBytes = 0
  }

  /** Lines until an empty one. */
  #trailer(byte: number): void {
    this.#lineBytes++
    if (this.#lineBytes > MAX_TRAILER_BYTES) throw new UpstreamFault('unreadable', 'bad_trailer')
    if (this.#afterCr) {
      if (byte !== LF) throw new UpstreamFault('unreadable', 'bad_trailer')
      this.#afterCr = false
      if (this.#column === 0) this.#place = 'end'
      this.#column = 0
      return
    }
    this.#afterCr = byte === CR
    if (this.#afterCr) return
    if (isControl(byte)) throw new UpstreamFault('unreadable', 'bad_trailer')
    this.#column++
  }

  #expect(byte: number, wanted: number, next: Place): void {
    if (byte !== wanted) throw new UpstreamFault('unreadable', 'bad_chunk')
    this.#place = next
  }
}

function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  const letter = byte | 32
  return letter >= 97 && letter <= 102 ? letter - 87 : -1
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9
}

/** Tabs are none. */
function isControl(byte: number): boolean {
  return (byte < 32 && byte !== 9) || byte === 127
}
