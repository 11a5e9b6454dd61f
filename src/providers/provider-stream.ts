import { AnswerStream } from './answer-stream.ts'
import type { CompletionStream } from './provider.ts'

/** The text of one streamed answer. It reads from the network only while `read` waits. */
export class ProviderStream extends AnswerStream implements CompletionStream {
  async read(): Promise<string | null> {
    if (this.whole) return null
    if (this.failure) throw this.failure
    try {
      while (!this.answer.done && this.broken === null) {
        this.takeIn(await this.nextBytes())
        const text = this.answer.takeFresh()
        if (text !== '') return text
      }
      if (this.broken !== null) throw this.broken
      return await this.finish()
    } catch (error) {
      throw await this.fail(error)
    }
  }
}
