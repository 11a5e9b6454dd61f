import { GrowingText } from '../growing-text.ts'
import { tooManyToolCalls } from './call-failure.ts'
import { GeneratedText } from './generated-text.ts'
import type { FinishReason, ToolCall } from './provider.ts'
import type { ReportedUsage } from './usage.ts'

/** Of one answer; each is run or written for the client. */
export const MAX_TOOL_CALLS = 128

/** A model's answer as far as it has arrived, whatever the wire format. */
export class Answer {
  finishReason: FinishReason | null = null
  /** The provider has said that nothing more comes. */
  done = false
  readonly reported: ReportedUsage = { inputTokens: null, outputTokens: null, cachedTokens: null }
  /** Everything the model wrote, whatever becomes of it. */
  readonly generated = new GeneratedText()
  readonly #toolCalls = new Map<number, ToolCall>()
  readonly #taken = new GrowingText()
  #fresh = ''

  get text(): string {
    return this.#taken.toString() + this.#fresh
  }

  addText(delta: string): void {
    this.#fresh += delta
  }

  /** The text added since the last time. */
  takeFresh(): string {
    const fresh = this.#fresh
    if (fresh === '') return fresh
    this.#taken.add(fresh)
    this.#fresh = ''
    return fresh
  }

  /** The tool call at that place, begun when it is new. @throws CallFailure when there are too many */
  toolCallAt(index: number): ToolCall {
    const known = this.#toolCalls.get(index)
    if (known) return known
    if (this.#toolCalls.size >= MAX_TOOL_CALLS) throw tooManyToolCalls(MAX_TOOL_CALLS)
    const call = { id: `call_${index}`, name: '', arguments: '' }
    this.#toolCalls.set(index, call)
    return call
  }

  get toolCallCount(): number {
    return this.#toolCalls.size
  }

  get toolCalls(): ToolCall[] {
    return [...this.#toolCalls.values()]
  }

  /** Keeps the sane figures of a report; a later sane figure replaces an earlier one. */
  report(figures: Partial<ReportedUsage>): void {
    this.reported.inputTokens = figures.inputTokens ?? this.reported.inputTokens
    this.reported.outputTokens = figures.outputTokens ?? this.reported.outputTokens
    this.reported.cachedTokens = figures.cachedTokens ?? this.reported.cachedTokens
  }
}
