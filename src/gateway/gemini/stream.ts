import type { Pieces } from '../../execution/answer-session.ts'
import type { AresError } from '../../errors.ts'
import type { AnswerEvent } from '../../form/answer.ts'
import { googleError } from '../../http/error-form-google.ts'
import { statusOf } from '../../http/error-handler.ts'
import { JsonScan } from '../../json-scan.ts'
import { GrowingText } from '../../growing-text.ts'
import type { Ending, RenderContext, SurfaceStream } from '../form/surface.ts'
import type { GenerateBody } from './gemini-schema.ts'
import { PartWriter, type WrittenCall } from './part-writer.ts'
import { candidate, finishReasonOf, replyFields, usageMetadata } from './reply.ts'
import { wantsThoughts } from './request.ts'

/** A call whose arguments are still arriving. */
interface OpenCall extends Omit<WrittenCall, 'arguments'> {
  text: GrowingText
  scan: JsonScan
}

/**
 * Writes an answer as the events of Google's format, in which calls come whole: each is told when something else follows
 * it, or at the end.
 */
export class GeminiStream implements SurfaceStream {
  readonly #fields: object
  readonly #writer: PartWriter
  readonly #calls = new Map<number, OpenCall>()
  #refused = false

  constructor({ runId, body }: RenderContext<GenerateBody>) {
    this.#fields = replyFields(runId, body.model)
    this.#writer = new PartWriter(runId, wantsThoughts(body))
  }

  push(events: readonly AnswerEvent[]): string {
    return events
      .flatMap((event) => this.#partsOf(event))
      .map((part) => this.#event(candidate([part])))
      .join('')
  }

  end(ending: Ending): Pieces<string> {
    return [
      () => {
        const parts = [...this.#takeCalls(() => true), ...this.#writer.rest()]
        const told = parts.map((part) => this.#event(candidate([part]))).join('')
        const reason = finishReasonOf(ending, this.#refused)
        const usage = { usageMetadata: usageMetadata(ending.usage) }
        return told + this.#event(candidate([{ text: '' }], reason), usage)
      },
    ]
  }

  fail(error: AresError): string {
    return eventOf(googleError(error, statusOf(error)))
  }

  #partsOf(event: AnswerEvent): object[] {
    if (event.type === 'arguments') {
      const call = this.#calls.get(event.call)
      call?.text.add(event.text)
      call?.scan.push(event.text)
      return []
    }
    const whole = this.#takeCalls(({ scan }) => scan.closed)
    return [...whole, ...this.#begin(event)]
  }

  #begin(event: Exclude<AnswerEvent, { type: 'arguments' }>): object[] {
    switch (event.type) {
      case 'refusal':
        this.#refused = true
        return this.#writer.text(event.text)
      case 'text':
        return this.#writer.text(event.text)
      case 'reasoning':
        return this.#writer.thought(event.text)
      case 'signature':
        return this.#writer.seal(event)
      default: {
        const { call, id, name, signature } = event
        const arrives = { text: new GrowingText(), scan: new JsonScan() }
        this.#calls.set(call, { id, name, signature, ...arrives })
        return []
      }
    }
  }

  /** Those calls, which are then told, in the order in which they began. */
  #takeCalls(isTaken: (call: OpenCall) => boolean): object[] {
    const taken = [...this.#calls].filter(([, call]) => isTaken(call))
    return taken.map(([number, { text, ...call }]) => {
      this.#calls.delete(number)
      return this.#writer.call({ ...call, arguments: text.toString() })
    })
  }

  #event(told: object, more: object = {}): string {
    return eventOf({ candidates: [told], ...more, ...this.#fields })
  }
}

function eventOf(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`
}
