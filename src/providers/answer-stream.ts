import type { Answer } from './answer.ts'
import { answerTurns } from './byte-turns.ts'
import { CallFailure, truncated } from './call-failure.ts'
import { completionOf, providerError } from './complete-answer.ts'
import type { Completion, ProviderError } from './provider.ts'
import { SseReader } from './read-sse.ts'
import type { OnEvent } from './relay.ts'
import type { ResponseBody } from './response-body.ts'
import type { Prompt } from './usage.ts'
import type { WireFormat } from './wire-format.ts'

/** After the finish reason only a usage report may follow; a server that then falls silent has finished. */
const AFTER_FINISH_MS = 5000

/** What one event may have; a last event that repeats the whole answer may be as large as the answer. */
const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024

export interface AnswerStreamParts {
  provider: string
  format: WireFormat
  prompt: Prompt
  body: ResponseBody
  answer: Answer
  onEvent?: OnEvent | undefined
}

/** One answer as server-sent events. What it hands out of them is said by `ProviderStream` and `EventRelay`. */
export abstract class AnswerStream {
  protected readonly answer: Answer
  /** What went wrong behind events that have not been handed out yet. */
  protected broken: unknown = null
  protected failure: ProviderError | null = null
  protected whole: Completion | null = null
  readonly #provider: string
  readonly #prompt: Prompt
  readonly #body: ResponseBody
  readonly #events: SseReader

  constructor({ provider, format, prompt, body, answer, onEvent }: AnswerStreamParts) {
    this.answer = answer
    this.#provider = provider
    this.#prompt = prompt
    this.#body = body
    this.#events = new SseReader(
      (data) => {
        if (answer.done) return
        format.readEvent(data, answer)
        onEvent?.(data)
      },
      maxEventCharacters(format, body),
    )
  }

  get completion(): Completion {
    if (!this.whole) throw new Error('The stream has not been read to its end.')
    return this.whole
  }

  cancel(): void {
    if (!this.whole) this.#body.cancel()
  }

  /** The bytes of one network read, or null at the end. */
  protected async nextBytes(): Promise<Uint8Array | null> {
    const isFinished = this.answer.finishReason !== null
    const bytes = await (isFinished ? this.#bytesAfterFinish() : this.#body.read())
    if (bytes) await answerTurns.take(bytes.length)
    return bytes
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

  /** Reads the events in those bytes; a fault among them is kept in `broken`. */
  protected takeIn(bytes: Uint8Array | null): void {
    try {
      if (bytes === null) this.#end()
      else this.#events.push(bytes)
    } catch (error) {
      this.broken = error
    }
  }

  /** An event cut off by the end of the stream is no garbage: the stream is truncated. */
  #end(): void {
    const { finishReason } = this.answer
    try {
      this.#events.end()
    } catch (error) {
      if (finishReason === null) throw truncated(this.#provider, error)
    }
    this.answer.done = true
  }

  protected async finish(): Promise<null> {
    const { finishReason } = this.answer
    if (finishReason === null) throw truncated(this.#provider)
    void this.#body.release()
    this.whole = await completionOf(this.answer, finishReason, this.#prompt)
    return null
  }

  protected async fail(error: unknown): Promise<ProviderError> {
    this.#body.cancel()
    this.failure = await providerError(error, this.answer, this.#prompt, this.#provider)
    return this.failure
  }
}

function maxEventCharacters({ repeatsAnswer }: WireFormat, { maxBytes }: ResponseBody): number {
  return repeatsAnswer ? maxBytes : Math.min(MAX_EVENT_CHARACTERS, maxBytes)
}

function endsFinished(error: CallFailure): boolean {
  return error.failure === 'truncated' || error.failure === 'timeout'
}
