import { Readable, type Transform } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import { type AnswerField, type UpstreamAnswer, UpstreamFault } from '../upstream.ts'

/** What servers pack with although they were asked not to. */
const UNPACKERS: Record<string, (first: Uint8Array) => Transform> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  // With the header of zlib, as the standard says, or without, as some do.
  deflate: (first) => ((first[0] ?? 0) % 16 === 8 ? createInflate() : createInflateRaw()),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecompress(),
}

/** The answer with its body unpacked. @throws UpstreamFault `unreadable` for a packing that is not known */
export function unpacked(answer: UpstreamAnswer): UpstreamAnswer {
  const coding = answer.header('content-encoding')?.toLowerCase() ?? 'identity'
  if (coding === 'identity' || coding === '' || answer.length === 0) return answer
  const unpacker = UNPACKERS[coding]
  if (unpacker !== undefined) return new Unpacked(answer, unpacker)
  answer.cancel()
  throw new UpstreamFault('unreadable', 'unknown_content_encoding')
}

/** Unpacks as much as is read: a small body may hold a very large one. */
class Unpacked implements UpstreamAnswer {
  readonly status: number
  readonly length = null
  readonly #packed: UpstreamAnswer
  readonly #unpackerFor: (first: Uint8Array) => Transform
  #pieces: AsyncIterator<Uint8Array> | null = null
  /** What went wrong with the packed body itself. */
  #fault: unknown = null

  constructor(packed: UpstreamAnswer, unpackerFor: (first: Uint8Array) => Transform) {
    this.status = packed.status
    this.#packed = packed
    this.#unpackerFor = unpackerFor
  }

  header(name: AnswerField): string | null {
    return this.#packed.header(name)
  }

  async read(): Promise<Uint8Array | null> {
    try {
      this.#pieces ??= await this.#begin()
      const { done, value } = await this.#pieces.next()
      return done === true ? null : value
    } catch {
      this.cancel()
      throw this.#fault ?? new UpstreamFault('unreadable', 'badly_packed')
    }
  }

  async text(): Promise<string> {
    const pieces: Uint8Array[] = []
    for (let piece = await this.read(); piece !== null; piece = await this.read())
      pieces.push(piece)
    return new TextDecoder().decode(Buffer.concat(pieces))
  }

  cancel(): void {
    this.#packed.cancel()
  }

  async #begin(): Promise<AsyncIterator<Uint8Array>> {
    const first = await this.#readPacked()
    const unpacker = this.#unpackerFor(first ?? NOTHING)
    const packed = Readable.from(this.#packedFrom(first))
    packed.on('error', (error) => unpacker.destroy(error))
    return packed.pipe(unpacker)[Symbol.asyncIterator]()
  }

  async *#packedFrom(first: Uint8Array | null): AsyncGenerator<Uint8Array> {
    for (let piece = first; piece !== null; piece = await this.#readPacked()) yield piece
  }

  async #readPacked(): Promise<Uint8Array | null> {
    try {
      return await this.#packed.read()
    } catch (error) {
      this.#fault = error
      throw error
    }
  }
}

const NOTHING = new Uint8Array(0)
