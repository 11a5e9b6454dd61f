import type { AnswerEvent, AnswerPart, FinishReason } from '../form/answer.ts'
import { AnswerBuilder } from '../form/answer-builder.ts'
import { CallAssembler, type CallFragment } from '../form/call-assembler.ts'
import type { Signature } from '../form/parts.ts'
import { tooManyToolCalls } from './call-failure.ts'
import { GeneratedText } from './generated-text.ts'
import type { ReportedUsage } from './usage.ts'

/** Of one answer; each is run or written for the client. */
export const MAX_TOOL_CALLS = 128

/** A model's answer as far as it has been read, whatever the wire format: what readers write, and calls are settled from. */
export class Transcript {
  finishReason: FinishReason | null = null
  /** What ended the answer, where it was one of the request's stop sequences. */
  stopSequence: string | null = null
  readonly reported: ReportedUsage = {
    inputTokens: null,
    outputTokens: null,
    cachedTokens: null,
    cacheWriteTokens: null,
    reasoningTokens: null,
  }
  /** Everything the model wrote, whatever becomes of it. */
  readonly generated = new GeneratedText()
  readonly #written = new AnswerBuilder()
  readonly #calls = new CallAssembler()
  #done = false
  #fresh: AnswerEvent[] = []

  /** The provider has said that nothing more comes. */
  get done(): boolean {
    return this.#done
  }

  /** How many calls there are so far. */
  get callCount(): number {
    return this.#calls.count
  }

  text(text: string, logprobs?: readonly unknown[]): void {
    if (text === '' && !logprobs) return
    this.#fresh.push(logprobs ? { type: 'text', text, logprobs } : { type: 'text', text })
  }

  refusal(text: string): void {
    if (text !== '') this.#fresh.push({ type: 'refusal', text })
  }

  reasoning(text: string): void {
    if (text !== '') this.#fresh.push({ type: 'reasoning', text })
  }

  /** Seals the thought before it, or tells of one that stays secret. */
  seal(signature: Signature, redacted?: true): void {
    this.#fresh.push({ type: 'signature', signature, ...(redacted && { redacted }) })
  }

  /** A piece of a tool call. @throws CallFailure when there are too many calls */
  call(fragment: CallFragment): void {
    this.#fresh.push(...this.#calls.add(fragment))
    if (this.#calls.count > MAX_TOOL_CALLS) throw tooManyToolCalls(MAX_TOOL_CALLS)
  }

  /** Nothing more comes. */
  end(): void {
    if (this.#done) return
    this.#done = true
    this.#fresh.push(...this.#calls.end())
  }

  /** What was read since the last time. */
  takeFresh(): AnswerEvent[] {
    const fresh = this.#fresh
    if (fresh.length === 0) return fresh
    for (const event of fresh) this.#written.add(event)
    this.#fresh = []
    return fresh
  }

  /** What was read so far. */
  get parts(): AnswerPart[] {
    this.takeFresh()
    return this.#written.parts
  }

  /** Keeps the sane figures of a report; a later sane figure replaces an earlier one. */
  report(figures: Partial<ReportedUsage>): void {
    for (const name in figures) {
      const figure = figures[name as keyof ReportedUsage] ?? null
      if (figure !== null) this.reported[name as keyof ReportedUsage] = figure
    }
  }
}
