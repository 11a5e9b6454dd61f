import type { ProviderConfig } from '../config/config.ts'
import { aborted, tooLarge, truncated, unreadable } from './call-failure.ts'
import type { ByteReader } from './byte-reader.ts'
import type { ProviderCall } from './provider-call.ts'

/** How long the end of a finished answer may take to arrive before its connection is closed instead of kept. */
const RELEASE_MS = 1000

/** The body of a usable response, read on demand, within the idle deadline and `max_response_bytes` (counted unpacked). */
export class ResponseBody {
  readonly contentType: string
  readonly #config: ProviderConfig
  readonly #call: ProviderCall
  readonly #reader: ByteReader | null
  #received = 0

  constructor(config: ProviderConfig, call: ProviderCall, response: Response) {
    this.contentType = response.headers.get('content-type') ?? ''
    this.#config = config
    this.#call = call
    this.#reader = response.body?.getReader() ?? null
    call.onClosed = () => this.#discard()
  }

  /**
   * The bytes of one network read, or null at the end.
   *
   * @param limitMs a shorter idle deadline than the configured one, if it is shorter
   * @throws CallFailure `truncated`, `timeout`, `too_large`, `invalid_response` or `aborted`
   */
  async read(limitMs = Infinity): Promise<Uint8Array | null> {
    const reader = this.#reader
    if (reader === null) return null
    const deadline = { phase: 'idle', ms: Math.min(limitMs, this.#config.idleTimeoutMs) } as const
    const { done, value } = await this.#call.wait(() => this.#next(reader), deadline)
    if (done || value === undefined) return null
    this.#received += value.length
    if (this.#received > this.#config.maxResponseBytes) this.#refuse()
    return value
  }

  /** The whole body as text, which ends the call. @throws CallFailure as `read` does; the connection is closed then */
  async readAll(): Promise<string> {
    try {
      const text = await this.#readText()
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
      while (this.#reader && !(await this.#reader.read()).done) continue
    } catch {
      // The answer is complete; only the connection is lost.
    }
    clearTimeout(timer)
  }

  /** Gives the answer up and closes the connection; a read under way throws `aborted`. */
  cancel(): void {
    this.#call.stop(aborted(true))
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

  async #next(reader: ByteReader) {
    try {
      return await reader.read()
    } catch (error) {
      throw readFailure(this.#config.name, error)
    }
  }

  #refuse(): never {
    const failure = tooLarge(this.#config.name, this.#config.maxResponseBytes)
    this.#call.stop(failure)
    throw failure
  }

  /** Bun keeps the body of an aborted fetch until its reader is cancelled too. */
  #discard(): void {
    this.#reader?.cancel().catch(() => undefined)
  }
}

function readFailure(provider: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /zlib|brotli|zstd/i.test(code) ? unreadable(provider, error) : truncated(provider, error)
}
