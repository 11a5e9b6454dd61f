import type { ProviderConfig } from '../config/config.ts'
import { answer } from './demo/answer.ts'
import { countInputTokens, countTokens } from './demo/tokens.ts'
import {
  type Completion,
  type CompletionRequest,
  type CompletionStream,
  type Provider,
  ProviderError,
  type TokenUsage,
} from './provider.ts'

/** A stream's reads and the pause before each but the first: long enough to be seen, about 0.1 s in all. */
const MAX_READS = 20
const PAUSE_MS = 5

/**
 * The offline provider: no network, no key, and the same answer to the same conversation every time.
 *
 * Its answers say that they come from the demo model. It answers one JSON object when a prompt asks for
 * JSON, calls the calculator for an arithmetic expression in the message, and respects `maxTokens`.
 * The token counts are its own report, four characters a token. Source: contract 2.6.
 */
export function demoProvider(config: ProviderConfig): Provider {
  return {
    name: config.name,
    available: true,
    relay: null,
    embeddings: null,
    counter: null,
    async complete(request, signal) {
      refuseAborted(signal)
      return answer(request)
    },
    async stream(request, signal) {
      refuseAborted(signal)
      return new DemoStream(request, signal)
    },
  }
}

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw aborted(null)
}

function aborted(usage: TokenUsage | null): ProviderError {
  return new ProviderError('aborted', 'The call to the model was cancelled.', { usage })
}

class DemoStream implements CompletionStream {
  readonly #request: CompletionRequest
  readonly #signal: AbortSignal
  readonly #answer: Completion
  readonly #parts: string[]
  #sent = ''
  #reads = 0
  #cancelled = false
  #finished = false

  constructor(request: CompletionRequest, signal: AbortSignal) {
    this.#request = request
    this.#signal = signal
    this.#answer = answer(request)
    this.#parts = wordGroups(this.#answer.text, MAX_READS)
  }

  async read(): Promise<string | null> {
    if (this.#finished) return null
    if (this.#reads > 0) await Bun.sleep(PAUSE_MS)
    if (this.#signal.aborted || this.#cancelled) throw aborted(this.#usageSoFar())
    const part = this.#parts[this.#reads++]
    if (part === undefined) {
      this.#finished = true
      return null
    }
    this.#sent += part
    return part
  }

  get completion(): Completion {
    if (!this.#finished) throw new Error('The demo stream has not been read to its end.')
    return this.#answer
  }

  cancel(): void {
    this.#cancelled = true
  }

  #usageSoFar(): TokenUsage {
    return {
      inputTokens: countInputTokens(this.#request),
      outputTokens: countTokens(this.#sent),
      cachedTokens: 0,
      estimated: false,
    }
  }
}

/** The text in at most `groups` parts of whole words, in order and without loss. */
function wordGroups(text: string, groups: number): string[] {
  const words = text.match(/\s*\S+\s*$|\s*\S+/g) ?? []
  const size = Math.max(2, Math.ceil(words.length / groups))
  const parts: string[] = []
  for (let i = 0; i < words.length; i += size) parts.push(words.slice(i, i + size).join(''))
  return parts
}
