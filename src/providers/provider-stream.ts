import type { AnswerEvent } from '../form/answer.ts'
import { ReadStream } from './read-stream.ts'
import type { AnswerStream } from './provider.ts'

/** The events of one streamed answer. It reads from the network only while `read` waits. */
export class ProviderStream extends ReadStream implements AnswerStream {
  async read(): Promise<AnswerEvent[] | null> {
    if (this.whole) return null
    if (this.failure) throw this.failure
    try {
      while (!this.transcript.done && this.broken === null) {
        this.takeIn(await this.nextBytes())
        const events = this.transcript.takeFresh()
        if (events.length > 0) return events
      }
      if (this.broken !== null) throw this.broken
      return await this.finish()
    } catch (error) {
      throw await this.fail(error)
    }
  }
}
