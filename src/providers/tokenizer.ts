import { O200K_TOKEN_SPLIT_REGEX } from 'gpt-tokenizer/encodingParams/constants'
import ranksPath from 'gpt-tokenizer/data/o200k_base.tiktoken' with { type: 'file' }
import { ByteTurns } from './byte-turns.ts'
import { TokenRanks } from './token-ranks.ts'

/*
 * gpt-tokenizer has the data. Its own code keeps pieces of the texts it has counted, and with each piece the whole text,
 * up to 100,000 of them.
 */

/** Bytes of the longest piece that is split into tokens. A longer one is taken as four bytes a token. */
const MAX_PIECE_BYTES = 1024

/** So much is counted at a time, and so much of all texts together within one turn of the event loop. */
const PIECE_CHARACTERS = 8192
const turns = new ByteTurns({ bytesPerTurn: 2 * PIECE_CHARACTERS, smallBytes: 2048 })

/** Counts the tokens of texts in OpenAI's o200k encoding. Special tokens are text like all other. */
export class Tokenizer {
  readonly #ranks: TokenRanks
  readonly #encoder = new TextEncoder()
  readonly #bytes = new Uint8Array(MAX_PIECE_BYTES)
  readonly #merge = new Merge(MAX_PIECE_BYTES)

  private constructor(ranks: TokenRanks) {
    this.#ranks = ranks
  }

  static async load(): Promise<Tokenizer> {
    return new Tokenizer(await TokenRanks.read(await Bun.file(ranksPath).bytes()))
  }

  /** A long text is counted in several turns of the event loop. */
  async count(text: string): Promise<number> {
    let tokens = 0
    let allowed = 0
    for (const { 0: piece, index } of text.matchAll(O200K_TOKEN_SPLIT_REGEX)) {
      if (index >= allowed) {
        await turns.take(Math.min(PIECE_CHARACTERS, text.length - index))
        allowed = index + PIECE_CHARACTERS
      }
      tokens += this.#countPiece(piece)
    }
    return tokens
  }

  #countPiece(piece: string): number {
    const { read, written } = this.#encoder.encodeInto(piece, this.#bytes)
    if (read < piece.length) return Math.ceil(Buffer.byteLength(piece) / 4)
    if (this.#ranks.rankOf(this.#bytes, 0, written) !== Infinity) return 1
    return this.#merge.count(this.#ranks, this.#bytes, written)
  }
}

/** Byte-pair encoding: of all neighbours, those that make the token of the lowest rank are joined, again and again. */
class Merge {
  /** Where each part begins; after the last, where it ends. */
  readonly #starts: Uint32Array
  /** The rank of each part joined with the next. */
  readonly #ranks: Float64Array
  #parts = 0

  constructor(maxBytes: number) {
    this.#starts = new Uint32Array(maxBytes + 1)
    this.#ranks = new Float64Array(maxBytes)
  }

  /** How many tokens the first `length` bytes are. */
  count(ranks: TokenRanks, bytes: Uint8Array, length: number): number {
    this.#parts = length
    for (let part = 0; part <= length; part++) this.#starts[part] = part
    for (let part = 0; part < length; part++) this.#rank(part, ranks, bytes)
    for (let part = this.#lowest(); this.#ranks[part] !== Infinity; part = this.#lowest()) {
      this.#starts.copyWithin(part + 1, part + 2, this.#parts + 1)
      this.#ranks.copyWithin(part + 1, part + 2, this.#parts)
      this.#parts--
      this.#rank(part, ranks, bytes)
      if (part > 0) this.#rank(part - 1, ranks, bytes)
    }
    return this.#parts
  }

  #rank(part: number, ranks: TokenRanks, bytes: Uint8Array): void {
    const isLast = part === this.#parts - 1
    this.#ranks[part] = isLast
      ? Infinity
      : ranks.rankOf(bytes, this.#starts[part]!, this.#starts[part + 2]!)
  }

  #lowest(): number {
    let lowest = 0
    for (let part = 1; part < this.#parts; part++) {
      if (this.#ranks[part]! < this.#ranks[lowest]!) lowest = part
    }
    return lowest
  }
}
