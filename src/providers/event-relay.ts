import { ReadStream, type ReadStreamParts } from './read-stream.ts'
import { EventCutter, firstEvents } from './event-cutter.ts'
import type { RelayStream } from './relay.ts'

/** The bytes of one streamed answer, in whole events. It reads from the network only while `read` waits. */
export class EventRelay extends ReadStream implements RelayStream {
  readonly #cutter = new EventCutter()
  readonly #understood: { events: number; ended: boolean }

  constructor(parts: ReadStreamParts) {
    const understood = { events: 0, ended: false }
    const { transcript, onEvent } = parts
    super({
      ...parts,
      onEvent: (data) => {
        understood.events++
        understood.ended = transcript.done
        onEvent?.(data)
      },
    })
    this.#understood = understood
  }

  get finishing(): boolean {
    return this.transcript.finishReason !== null || this.transcript.done
  }

  get ended(): boolean {
    return this.#understood.ended
  }

  async read(): Promise<Uint8Array | null> {
    if (this.whole) return null
    if (this.failure) throw this.failure
    try {
      while (!this.transcript.done && this.broken === null) {
        const events = await this.#readOnce()
        if (events) return events
      }
      if (this.broken !== null) throw this.broken
      return await this.finish()
    } catch (error) {
      throw await this.fail(error)
    }
  }

  async #readOnce(): Promise<Uint8Array | null> {
    const bytes = await this.nextBytes()
    const before = this.#understood.events
    this.takeIn(bytes)
    // It leaves as bytes; what was read is only kept.
    this.transcript.takeFresh()
    const { events } = this.#understood
    if (bytes) this.#cutter.add(bytes)
    // Comments alone promise no answer.
    if (events === 0) return null
    if (this.broken !== null) return firstEvents(this.#cutter.take(), events - before)
    // An event that the end of the stream cut off counts where the answer was finished before.
    if (bytes === null && this.transcript.finishReason !== null) return this.#cutter.takeRest()
    return this.#cutter.take()
  }
}
