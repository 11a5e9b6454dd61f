import { nextTurn } from '../next-turn.ts'

/*
 * A vocabulary as flat arrays. As a map of 200,000 strings it takes 70 MB, and its making keeps everybody waiting for
 * half a second.
 */

/** Slots of the hash table: a power of two, more than twice as many as there are tokens. */
const SLOTS = 2 ** 19
const LINE_FEED = 10
const SPACE = 32
const PADDING = 61
/** Lines read before others get their turn: a few milliseconds. */
const LINES_PER_TURN = 10_000

/** The tokens of an encoding and their ranks, by their bytes. */
export class TokenRanks {
  /** Of all tokens, by rank. */
  readonly #bytes: Uint8Array
  /** Where each token begins; at the end, where the last one ends. */
  readonly #starts = new Uint32Array(SLOTS / 2)
  /** Ranks, one higher; 0 is free. */
  readonly #slots = new Int32Array(SLOTS)
  #count = 0

  private constructor(maxBytes: number) {
    this.#bytes = new Uint8Array(maxBytes)
  }

  /** Reads a `.tiktoken` file: a line per token, in the order of their ranks, each `BASE64 RANK`. */
  static async read(file: Uint8Array): Promise<TokenRanks> {
    const ranks = new TokenRanks(file.length / 2)
    for (let lineStart = 0; lineStart < file.length;) {
      lineStart = ranks.#takeLine(file, lineStart)
      if (ranks.#count % LINES_PER_TURN === 0) await nextTurn()
    }
    return ranks
  }

  /** The rank of the token with these bytes; Infinity when there is none. */
  rankOf(bytes: Uint8Array, start: number, end: number): number {
    for (let slot = hashOf(bytes, start, end); ; slot = (slot + 1) % SLOTS) {
      const rank = this.#slots[slot]! - 1
      if (rank < 0) return Infinity
      if (this.#isToken(rank, bytes, start, end)) return rank
    }
  }

  #isToken(rank: number, bytes: Uint8Array, start: number, end: number): boolean {
    const tokenStart = this.#starts[rank]!
    if (this.#starts[rank + 1]! - tokenStart !== end - start) return false
    for (let at = start; at < end; at++) {
      if (this.#bytes[tokenStart + at - start] !== bytes[at]) return false
    }
    return true
  }

  /** @returns where the next line begins */
  #takeLine(file: Uint8Array, lineStart: number): number {
    const start = this.#starts[this.#count]!
    const blank = file.indexOf(SPACE, lineStart)
    const end = decodeBase64(file, lineStart, blank, this.#bytes, start)
    this.#starts[++this.#count] = end
    let slot = hashOf(this.#bytes, start, end)
    while (this.#slots[slot] !== 0) slot = (slot + 1) % SLOTS
    this.#slots[slot] = this.#count
    const lineEnd = file.indexOf(LINE_FEED, blank)
    return lineEnd < 0 ? file.length : lineEnd + 1
  }
}

/** FNV-1a. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

const SEXTETS = new Uint8Array(128)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
for (let sextet = 0; sextet < 64; sextet++) SEXTETS[ALPHABET.charCodeAt(sextet)] = sextet

/** Without a string for each token. @returns where the decoded bytes end */
function decodeBase64(
  from: Uint8Array,
  start: number,
  end: number,
  into: Uint8Array,
  intoStart: number,
): number {
  let at = intoStart
  let bits = 0
  let bitCount = 0
  for (let index = start; index < end && from[index] !== PADDING; index++) {
    bits = (bits << 6) | SEXTETS[from[index]!]!
    bitCount += 6
    if (bitCount < 8) continue
    bitCount -= 8
    into[at++] = bits >>> bitCount
    bits &= (1 << bitCount) - 1
  }
  return at
}
