import type { Answer } from '../form/answer.ts'
import { answerTurns } from './byte-turns.ts'
import { CallFailure, truncated } from './call-failure.ts'
import { answerOf, type CallContext, providerError } from './complete-answer.ts'
import type { ProviderError } from './provider.ts'
import { SseReader } from './read-sse.ts'
import type { OnEvent } from './relay.ts'
import type { ResponseBody } from './response-body.ts'
import type { Transcript } from './transcript.ts'
import type { AnswerReader } from './wire-format.ts'

/** After the finish reason only a usage report may follow; a server that then falls silent has finished. */
const AFTER_FINISH_MS = 5000

/** What one event may have; a last event that repeats the whole answer may be as large as the answer. */
const MAX_EVENT_CHARACTERS = 4 * 1024 * 1024

export interface ReadStreamParts {
  context: CallContext
  format: AnswerReader
  body: ResponseBody
  transcript: Transcript
  onEvent?: OnEvent | undefined
}

/** One answer as server-sent events. What it hands out of them is said by `ProviderStream` and `EventRelay`. */
export abstract class ReadStream {
  protected readonly transcript: Transcript
  /** What went wrong behind events that have not been handed out yet. */
  protected broken: unknown = null
  protected failure: ProviderError | null = null
  protected whole: Answer | null = null
  readonly #context: CallContext
  readonly #body: ResponseBody
  readonly #events: SseReader

  constructor({ context, format, body, transcript, onEvent }: ReadStreamParts) {
    this.transcript = transcript
    this.#context = context
    this.#body = body
    this.#events = new SseReader(
      (data) => {
        if (transcript.done) return
        format.readEvent(data, transcript)
        onEvent?.(data)
      },
      maxEventCharacters(format, body),
    )
  }

  get answer(): Answer {
    if (!this.whole) throw new Error('The stream has not been read to its end.')
    return this.whole
  }

  cancel(): void {
    if (!this.whole) this.#body.cancel()
  }

  /** The bytes of one network read, or null at the end. */
  protected async nextBytes(): Promise<Uint8Array | null> {
    const isFinished = this.transcript.finishReason !== null
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
    const { finishReason } = this.transcript
    try {
      this.#events.end()
    } catch (error) {
      if (finishReason === null) throw truncated(this.#context.config.name, error)
    }
    this.transcript.end()
  }

  protected async finish(): Promise<null> {
    const { finishReason } = this.transcript
    if (finishReason === null) throw truncated(this.#context.config.name)
    void this.#body.release()
    this.whole = await answerOf(this.transcript, finishReason, this.#context)
    return null
  }

  protected async fail(error: unknown): Promise<ProviderError> {
    this.#body.cancel()
    this.failure = await providerError(error, this.transcript, this.#context)
    return this.failure
  }
}

function maxEventCharacters({ repeatsAnswer }: AnswerReader, { maxBytes }: ResponseBody): number {
  return repeatsAnswer ? maxBytes : Math.min(MAX_EVENT_CHARACTERS, maxBytes)
}

function endsFinished(error: CallFailure): boolean {
  return error.failure === 'truncated' || error.failure === 'timeout'
}
