import type { ProviderConfig } from '../config/config.ts'
import type { ByteReader } from './byte-reader.ts'
import { CallFailure, tooLarge, truncated, unreadable } from './call-failure.ts'
import type { ProviderCall } from './provider-call.ts'

/** How long the end of a finished answer may take to arrive before its connection is closed instead of kept. */
const RELEASE_MS = 1000

/** More of a read is handed out in pieces, so that what is made of them leaves turns to others. */
const PIECE_BYTES = 64 * 1024

/** The body of a usable response, read on demand, within the idle deadline and `max_response_bytes` (counted unpacked). */
export class ResponseBody {
  readonly contentType: string
  readonly #config: ProviderConfig
  readonly #call: ProviderCall
  readonly #response: Response
  #opened: ByteReader | null = null
  #received = 0
  /** What has been read and not handed out yet. */
  #waiting: Uint8Array | null = null

  constructor(config: ProviderConfig, call: ProviderCall, response: Response) {
    this.contentType = response.headers.get('content-type') ?? ''
    this.#config = config
    this.#call = call
    this.#response = response
    call.onStopped = () => this.#discard()
  }

  /**
   * The bytes of one network read, or a piece of them when they are many; null at the end.
   *
   * @param limitMs a shorter idle deadline than the configured one, if it is shorter
   * @throws CallFailure `truncated`, `timeout`, `too_large`, `invalid_response` or `aborted`
   */
  async read(limitMs = Infinity): Promise<Uint8Array | null> {
    const bytes = this.#waiting ?? (await this.#readOnce(limitMs))
    const isLong = bytes !== null && bytes.length > PIECE_BYTES
    this.#waiting = isLong ? bytes.subarray(PIECE_BYTES) : null
    return isLong ? bytes.subarray(0, PIECE_BYTES) : bytes
  }

  /** `max_response_bytes`. */
  get maxBytes(): number {
    return this.#config.maxResponseBytes
  }

  async #readOnce(limitMs: number): Promise<Uint8Array | null> {
    const reader = this.#reader()
    if (reader === null) return null
    const { done, value } = await this.#arrival(reader.read(), limitMs)
    if (done || value === undefined) return null
    this.#received += value.length
    if (this.#received > this.#config.maxResponseBytes) this.#refuse()
    return value
  }

  /**
   * The whole body as text, which ends the call. One of known length is one read, which costs far
   * less than a reader does.
   *
   * @throws CallFailure as `read` does; the connection is closed then
   */
  async readAll(): Promise<string> {
    try {
      const whole = isWithin(this.#config.maxResponseBytes, this.#response.headers)
      const text = await (whole ? this.#arrival(this.#response.text()) : this.#readText())
      this.#call.end()
      return text
    } catch (error) {
      this.cancel()
      throw error
    }
  }

  /** The answer is complete: reads the little that may follow, so that the connection can be used again. */
  async release(): Promise<void> {
    this.#call.end()
    const reader = this.#reader()
    if (reader === null) return
    const timer = setTimeout(() => this.cancel(), RELEASE_MS)
    try {
      while (!(await reader.read()).done) continue
    } catch {
      // The answer is complete; only the connection is lost.
    }
    clearTimeout(timer)
  }

  /** Gives the answer up and closes the connection; a read under way throws `aborted`. */
  cancel(): void {
    this.#call.cancel()
  }

  async #readText(): Promise<string> {
    const decoder = new TextDecoder()
    let text = ''
    for (;;) {
      const bytes = await this.read()
      if (bytes === null) return text + decoder.decode()
      text += decoder.decode(bytes, { stream: true })
    }
  }

  /** What a read resolves with, within the idle deadline. */
  async #arrival<T>(read: Promise<T>, limitMs = Infinity): Promise<T> {
    const idle = this.#call.deadline('idle', Math.min(limitMs, this.#config.idleTimeoutMs))
    try {
      const value = await read
      // What had arrived before the call was stopped is no answer any more.
      this.#call.signal.throwIfAborted()
      return value
    } catch (error) {
      throw readFailure(this.#config.name, error)
    } finally {
      clearTimeout(idle)
    }
  }

  /** Null when there is no body at all. */
  #reader(): ByteReader | null {
    this.#opened ??= this.#response.body?.getReader() ?? null
    return this.#opened
  }

  #refuse(): never {
    const failure = tooLarge(this.#config.name, this.#config.maxResponseBytes)
    this.#call.stop(failure)
    throw failure
  }

  /** Bun keeps the body of an aborted fetch until its reader is cancelled too. */
  #discard(): void {
    this.#opened?.cancel().catch(() => undefined)
  }
}

/** Whether the body is known to hold no more than that; the length of a packed or chunked one says nothing. */
function isWithin(maxBytes: number, headers: Headers): boolean {
  const length = headers.get('content-length')
  if (length === null || headers.has('content-encoding') || headers.has('transfer-encoding'))
    return false
  return Number(length) <= maxBytes
}

function readFailure(provider: string, error: unknown): CallFailure {
  if (error instanceof CallFailure) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /zlib|brotli|zstd/i.test(code) ? unreadable(provider, error) : truncated(provider, error)
}
