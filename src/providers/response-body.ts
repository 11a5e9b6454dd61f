import type { ProviderConfig } from '../config/config.ts'
import { CallFailure, tooLarge, truncated, unreadable } from './call-failure.ts'
import type { ProviderCall } from './provider-call.ts'
import { type Arriving, type UpstreamAnswer, UpstreamFault } from './upstream.ts'

/** How long the end of a finished answer may take to arrive before its connection is closed instead of kept. */
const RELEASE_MS = 1000

/** More of a read is handed out in pieces, so that what is made of them leaves turns to others. */
const PIECE_BYTES = 64 * 1024

/** The body of a usable response, read on demand, within the idle deadline and `max_response_bytes` (counted unpacked). */
export class ResponseBody {
  readonly contentType: string
  readonly #config: ProviderConfig
  readonly #call: ProviderCall
  readonly #answer: UpstreamAnswer
  #received = 0
  /** What has been read and not handed out yet. */
  #waiting: Uint8Array | null = null

  constructor(config: ProviderConfig, call: ProviderCall, answer: UpstreamAnswer) {
    this.contentType = answer.header('content-type') ?? ''
    this.#config = config
    this.#call = call
    this.#answer = answer
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
    const bytes = await this.#arrival(() => this.#answer.read(), limitMs)
    if (bytes === null) return null
    this.#received += bytes.length
    if (this.#received > this.#config.maxResponseBytes) this.#refuse()
    return bytes
  }

  /**
   * The whole body as text, which ends the call. One of known length is one read, which costs less
   * than many.
   *
   * @throws CallFailure as `read` does; the connection is closed then
   */
  async readAll(): Promise<string> {
    try {
      const { length } = this.#answer
      const isWhole = length !== null && length <= this.#config.maxResponseBytes
      const text = await (isWhole ? this.#arrival(() => this.#answer.text()) : this.#readText())
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
    const timer = setTimeout(() => this.cancel(), RELEASE_MS)
    try {
      while ((await this.#answer.read()) !== null) continue
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

  /** What a read gives, within the idle deadline where it has to be waited for. */
  async #arrival<T>(read: () => Arriving<T>, limitMs = Infinity): Promise<T> {
    // What had arrived before the call was stopped is no answer any more.
    this.#call.throwIfStopped()
    const arriving = read()
    if (!(arriving instanceof Promise)) return arriving
    const idle = this.#call.deadline('idle', Math.min(limitMs, this.#config.idleTimeoutMs))
    try {
      const value = await arriving
      this.#call.throwIfStopped()
      return value
    } catch (error) {
      throw readFailure(this.#config.name, error)
    } finally {
      clearTimeout(idle)
    }
  }

  #refuse(): never {
    const failure = tooLarge(this.#config.name, this.#config.maxResponseBytes)
    this.#call.stop(failure)
    throw failure
  }
}

function readFailure(provider: string, error: unknown): CallFailure {
  if (error instanceof CallFailure) return error
  const isUnreadable = error instanceof UpstreamFault && error.kind === 'unreadable'
  return isUnreadable ? unreadable(provider, error) : truncated(provider, error)
}
