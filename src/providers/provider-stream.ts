import type { Answer } from './answer.ts'
import { CallFailure, truncated } from './call-failure.ts'
import { completionOf, providerError } from './complete-answer.ts'
import type { Completion, CompletionRequest, CompletionStream, ProviderError } from './provider.ts'
import { SseReader } from './read-sse.ts'
import type { ResponseBody } from './response-body.ts'
import type { WireFormat } from './wire-format.ts'

/** After the finish reason only a usage report may follow; a server that then falls silent has finished. */
const AFTER_FINISH_MS = 5000

/** One answer as server-sent events. It reads from the network only while `read` waits. */
export class ProviderStream implements CompletionStream {
  readonly #provider: string
  readonly #request: CompletionRequest
  readonly #body: ResponseBody
  readonly #answer: Answer
  readonly #events: SseReader
  /** What went wrong behind text that has not been handed out yet. */
  #broken: unknown = null
  #failure: ProviderError | null = null
  #completion: Completion | null = null

  constructor(
    provider: string,
    format: WireFormat,
    request: CompletionRequest,
    body: ResponseBody,
    answer: Answer,
  ) {
    this.#provider = provider
    this.#request = request
    this.#body = body
    this.#answer = answer
    this.#events = new SseReader((data) => {
      if (!answer.done) format.readEvent(data, answer)
    })
  }

  async read(): Promise<string | null> {
    if (this.#completion) return null
    if (this.#failure) throw this.#failure
    try {
      while (!this.#answer.done && this.#broken === null) {
        this.#takeIn(await this.#nextBytes())
        const text = this.#answer.takeFresh()
        if (text !== '') return text
      }
      if (this.#broken !== null) throw this.#broken
      return await this.#finish()
    } catch (error) {
      throw await this.#fail(error)
    }
  }

  get completion(): Completion {
    if (!this.#completion) throw new Error('The stream has not been read to its end.')
    return this.#completion
  }

  cancel(): void {
    if (!this.#completion) this.#body.cancel()
  }

  #nextBytes(): Promise<Uint8Array | null> {
    return this.#answer.finishReason === null ? this.#body.read() : this.#bytesAfterFinish()
  }

  async #bytesAfterFinish(): Promise<Uint8Array | null> {
    try {
      return await this.#body.read(AFTER_FINISH_MS)
    } catch (error) {
      // The answer itself is whole: a connection that then breaks or falls silent takes nothing away.
      if (error instanceof CallFailure && endsFinished(error)) return null
      throw error
    }
  }

  #takeIn(bytes: Uint8Array | null): void {
    try {
      if (bytes === null) this.#end()
      else this.#events.push(bytes)
    } catch (error) {
      this.#broken = error
    }
  }

  /** An event cut off by the end of the stream is no garbage: the stream is truncated. */
  #end(): void {
    const { finishReason } = this.#answer
    try {
      this.#events.end()
    } catch (error) {
      if (finishReason === null) throw truncated(this.#provider, error)
    }
    this.#answer.done = true
  }

  async #finish(): Promise<null> {
    const { finishReason } = this.#answer
    if (finishReason === null) throw truncated(this.#provider)
    void this.#body.release()
    this.#completion = await completionOf(this.#answer, finishReason, this.#request)
    return null
  }

  async #fail(error: unknown): Promise<ProviderError> {
    this.#body.cancel()
    this.#failure = await providerError(error, this.#answer, this.#request, this.#provider)
    return this.#failure
  }
}

function endsFinished(error: CallFailure): boolean {
  return error.failure === 'truncated' || error.failure === 'timeout'
}
