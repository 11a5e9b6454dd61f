import { type AnswerField, type Arriving, type UpstreamAnswer, UpstreamFault } from '../upstream.ts'
import { AnswerReader } from './answer-reader.ts'

/** So much may wait to be read; beyond, nothing more is taken from the network. */
const MAX_WAITING_BYTES = 64 * 1024

/** What an exchange needs of its connection. */
export interface Line {
  /** Stops and resumes taking bytes from the network. */
  pause(): void
  resume(): void
  /** The answer is whole. @param keepMs how long the server keeps the connection for another request; 0 when it does not */
  finished(keepMs: number): void
  /** Tears the connection down. */
  destroy(): void
}

interface Waiting {
  resolve: (bytes: Uint8Array | null) => void
  reject: (reason: Error) => void
}

/** One request's answer while it arrives on a connection. */
export class Exchange implements UpstreamAnswer {
  /** Resolves with this once the head is there. */
  readonly answered: Promise<UpstreamAnswer>
  readonly #reader = new AnswerReader()
  readonly #line: Line
  readonly #isReused: boolean
  readonly #settle: PromiseWithResolvers<UpstreamAnswer>
  /** What has arrived of the body and was not read. */
  #pieces: Uint8Array[] = []
  #waitingBytes = 0
  #paused = false
  #read: Waiting | null = null
  #failure: Error | null = null
  #hasBegun = false

  /** @param isReused whether the connection has carried another before */
  constructor(line: Line, isReused: boolean) {
    this.#line = line
    this.#isReused = isReused
    this.#settle = Promise.withResolvers()
    this.answered = this.#settle.promise
  }

  get status(): number {
    return this.#reader.head?.status ?? 0
  }

  get length(): number | null {
    return this.#reader.length
  }

  header(name: AnswerField): string | null {
    return this.#reader.head?.get(name) ?? null
  }

  /** Bytes came from the network. */
  push(read: Buffer): void {
    this.#hasBegun = true
    const hadHead = this.#reader.head !== null
    try {
      const piece = this.#reader.push(read)
      if (piece.length > 0) this.#hold(piece)
    } catch (error) {
      return this.fail(error as Error)
    }
    this.#advance(hadHead)
  }

  /** The connection has ended. @param fault the code of what ended it; null when the server did, in an orderly way */
  close(fault: string | null): void {
    const hadHead = this.#reader.head !== null
    if (fault !== null || !this.#reader.endsWithConnection) return this.fail(this.#broken(fault))
    this.#reader.close()
    this.#advance(hadHead)
  }

  #broken(fault: string | null): UpstreamFault {
    const kind = this.#reader.head === null ? 'unreachable' : 'cut'
    return new UpstreamFault(kind, fault ?? 'closed', this.#isReused && !this.#hasBegun)
  }

  /** Nothing more comes of it: whoever waits is told, and the connection is torn down. */
  fail(reason: Error): void {
    if (this.#failure !== null || this.#reader.ended) return
    this.#failure = reason
    this.#pieces = []
    this.#settle.reject(reason)
    this.#read?.reject(reason)
    this.#read = null
    this.#line.destroy()
  }

  read(): Arriving<Uint8Array | null> {
    const piece = this.#pieces.shift()
    if (piece !== undefined) {
      this.#release(piece.length)
      return piece
    }
    if (this.#failure !== null) return Promise.reject(this.#failure)
    if (this.#reader.ended) return null
    return new Promise((resolve, reject) => {
      this.#read = { resolve, reject }
    })
  }

  text(): Arriving<string> {
    if (this.#reader.ended && this.#pieces.length < 2) return decoded(this.#pieces.pop())
    return this.#wholeText()
  }

  cancel(): void {
    this.fail(new UpstreamFault('cut', 'cancelled'))
  }

  async #wholeText(): Promise<string> {
    const pieces: Uint8Array[] = []
    for (let piece = await this.read(); piece !== null; piece = await this.read())
      pieces.push(piece)
    return decoded(Buffer.concat(pieces))
  }

  /** Tells who waits of what there is now. */
  #advance(hadHead: boolean): void {
    if (!hadHead && this.#reader.head !== null) this.#settle.resolve(this)
    if (this.#reader.ended) {
      // What was already read from the network still arrives after a pause, its end too.
      this.#resume()
      this.#line.finished(this.#reader.keepMs)
    }
    const read = this.#read
    if (read === null) return
    const piece = this.#pieces.shift()
    if (piece === undefined && !this.#reader.ended) return
    this.#read = null
    if (piece !== undefined) this.#release(piece.length)
    read.resolve(piece ?? null)
  }

  #hold(piece: Uint8Array): void {
    this.#pieces.push(piece)
    this.#waitingBytes += piece.length
    if (this.#paused || this.#read !== null || this.#waitingBytes < MAX_WAITING_BYTES) return
    this.#paused = true
    this.#line.pause()
  }

  #release(bytes: number): void {
    this.#waitingBytes -= bytes
    if (this.#waitingBytes === 0) this.#resume()
  }

  #resume(): void {
    if (!this.#paused) return
    this.#paused = false
    this.#line.resume()
  }
}

const decoder = new TextDecoder()

function decoded(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? '' : decoder.decode(bytes)
}
