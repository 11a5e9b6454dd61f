import { GrowingText } from '../growing-text.ts'
import type { FinishReason, ToolCall } from './provider.ts'
import type { ReportedUsage } from './usage.ts'

/** A model's answer as far as it has arrived, whatever the wire format. */
export class Answer {
  finishReason: FinishReason | null = null
  /** The provider has said that nothing more comes. */
  done = false
  readonly reported: ReportedUsage = { inputTokens: null, outputTokens: null, cachedTokens: null }
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

  /** The tool call at that place, begun when it is new. */
  toolCallAt(index: number): ToolCall {
    const known = this.#toolCalls.get(index)
    if (known) return known
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

  /** Everything the model wrote, for counting: in parts, for it may be long. */
  get produced(): string[] {
    const text = [...this.#taken.parts, this.#fresh].filter((part) => part !== '')
    const calls = this.toolCalls.flatMap((call) => [call.name, call.arguments])
    const written = calls.filter((part) => part !== '').join('\n')
    if (written === '') return text
    return text.length === 0 ? [written] : [...text, '\n', written]
  }

  /** Keeps the sane figures of a report; a later sane figure replaces an earlier one. */
  report(figures: Partial<ReportedUsage>): void {
    this.reported.inputTokens = figures.inputTokens ?? this.reported.inputTokens
    this.reported.outputTokens = figures.outputTokens ?? this.reported.outputTokens
    this.reported.cachedTokens = figures.cachedTokens ?? this.reported.cachedTokens
  }
}
