import type { ProviderConfig } from '../../config/config.ts'
import type { Answer, AnswerEvent, TokenUsage } from '../../form/answer.ts'
import { saidIn } from '../../form/parts.ts'
import { type AnswerStream, type ModelCall, type Provider, ProviderError } from '../provider.ts'
import { answer, usageOf } from './answer.ts'
import { reviewDemoCall } from './review.ts'
import { countInputTokens, countTokens } from './tokens.ts'

/** A stream's reads and the pause before each but the first: long enough to be seen, about 0.1 s in all. */
const MAX_READS = 20
const PAUSE_MS = 5

/**
 * The offline provider: no network, no key, and the same answer to the same conversation every time.
 *
 * Its answers say that they come from the demo model. It answers one JSON object when a prompt asks for
 * JSON, or one that a promised schema allows, calls the calculator for an arithmetic expression in the message and any tool
 * that has to be called, and respects `maxTokens`.
 * The token counts are its own report, four characters a token. Source: contract 2.6.
 */
export function demoProvider(config: ProviderConfig): Provider {
  return {
    name: config.name,
    available: true,
    relays: [],
    embeddings: null,
    counter: null,
    takesFormat: () => true,
    review: reviewDemoCall,
    async complete(call, signal) {
      refuseAborted(signal)
      return answer(call)
    },
    async stream(call, signal) {
      refuseAborted(signal)
      return new DemoStream(call, signal)
    },
  }
}

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw aborted(null)
}

function aborted(usage: TokenUsage | null): ProviderError {
  return new ProviderError('aborted', 'The call to the model was cancelled.', { usage })
}

class DemoStream implements AnswerStream {
  readonly #call: ModelCall
  readonly #signal: AbortSignal
  readonly #answer: Answer
  readonly #reads: AnswerEvent[][]
  #sent = ''
  #read = 0
  #cancelled = false
  #finished = false

  constructor(call: ModelCall, signal: AbortSignal) {
    this.#call = call
    this.#signal = signal
    this.#answer = answer(call)
    this.#reads = eventsOf(this.#answer)
  }

  async read(): Promise<AnswerEvent[] | null> {
    if (this.#finished) return null
    if (this.#read > 0) await Bun.sleep(PAUSE_MS)
    if (this.#signal.aborted || this.#cancelled) throw aborted(this.#usageSoFar())
    const events = this.#reads[this.#read++]
    if (events === undefined) {
      this.#finished = true
      return null
    }
    for (const event of events) if (event.type === 'text') this.#sent += event.text
    return events
  }

  get answer(): Answer {
    if (!this.#finished) throw new Error('The demo stream has not been read to its end.')
    return this.#answer
  }

  cancel(): void {
    this.#cancelled = true
  }

  #usageSoFar(): TokenUsage {
    const inputTokens = countInputTokens(this.#call)
    return usageOf(inputTokens, countTokens(this.#sent))
  }
}

/** What each read of a stream brings. */
function eventsOf({ parts }: Answer): AnswerEvent[][] {
  const said = wordGroups(saidIn(parts), MAX_READS).map((text): AnswerEvent[] => [
    { type: 'text', text },
  ])
  const calls = parts
    .filter((part) => part.type === 'tool_call')
    .map(({ id, name, custom, arguments: text }, call): AnswerEvent[] => [
      { type: 'tool_call', call, id, name, ...(custom && { custom }) },
      { type: 'arguments', call, text },
    ])
  return [...said, ...calls]
}

/** The text in at most `groups` parts of whole words, in order and without loss. */
function wordGroups(text: string, groups: number): string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? []
  const size = Math.max(2, Math.ceil(words.length / groups))
  const parts: string[] = []
  for (let i = 0; i < words.length; i += size) parts.push(words.slice(i, i + size).join(''))
  return parts
}
