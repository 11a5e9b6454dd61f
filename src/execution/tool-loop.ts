import type { Clock } from '../clock.ts'
import { nextTurn } from '../next-turn.ts'
import type { CatalogEntry } from '../providers/catalog.ts'
import {
  type Completion,
  type CompletionRequest,
  type CompletionStream,
  type FinishReason,
  type Message,
  ProviderError,
  type ProviderFailure,
  type TokenUsage,
} from '../providers/provider.ts'
import type { Tool } from '../tools/tool.ts'
import { type FailedCall, failedCall } from './failed-call.ts'
import type { RunStopped } from './in-flight.ts'

/** Model calls of one run, so that a model that never stops asking for tools ends. Source: contract 4.9. */
const MAX_MODEL_CALLS = 10

/** What a run or chat asks of a model. */
export interface Conversation {
  entry: CatalogEntry
  messages: Message[]
  tools: Tool[]
  maxTokens?: number | undefined
  temperature?: number | undefined
  topP?: number | undefined
}

export type ConversationFailure =
  | ProviderFailure
  | RunStopped['failure']
  | 'too_many_steps'
  | 'internal'

/** What the provider calls of a run took. */
export interface Spent {
  /** The sum over all provider calls, failed ones included. */
  usage: TokenUsage
  /** Spent waiting for the provider. */
  providerMs: number
}

/** How a conversation ended: with the model's last answer, or with a failure that a sentence explains. */
export type ConversationResult = Spent & (Conversed | FailedCall)

interface Conversed {
  ok: true
  text: string
  /** Everything that was said on the way, the last answer included: what a stream has told. */
  said: string
  finishReason: Exclude<FinishReason, 'tool_calls'>
}

export interface ToolLoopDeps {
  clock: Clock
  health: ProviderWatch
}

/** Told how each provider call ended. */
export interface ProviderWatch {
  succeeded(provider: string): Promise<void>
  failed(provider: string): Promise<void>
}

/** Asks the model, runs the tools it asks for, and asks again until it answers. Never throws. */
export async function converse(
  deps: ToolLoopDeps,
  conversation: Conversation,
  signal: AbortSignal,
): Promise<ConversationResult> {
  const loop = new ToolLoop(deps, conversation, signal)
  const { provider } = conversation.entry
  while (!loop.result) {
    const completion = await loop.call(() => provider.complete(loop.request(), signal))
    if (completion) await loop.absorb(completion)
  }
  return loop.result
}

/** The same while it arrives. */
export interface ConversationStream {
  /** The next text, or null when the conversation has ended, well or badly; `result` tells. Never throws. */
  read(): Promise<string | null>
  /** Set once `read` has returned null. */
  readonly result: ConversationResult | undefined
}

export function streamConversation(
  deps: ToolLoopDeps,
  conversation: Conversation,
  signal: AbortSignal,
): ConversationStream {
  const loop = new ToolLoop(deps, conversation, signal)
  const { provider } = conversation.entry
  let stream: CompletionStream | null = null
  return {
    async read() {
      while (!loop.result) {
        const current = (stream ??= await loop.call(() => provider.stream(loop.request(), signal)))
        if (!current) break
        const text = await loop.call(() => current.read())
        if (text !== null) return text
        if (loop.result) break
        await loop.absorb(current.completion)
        stream = null
      }
      return null
    },
    get result() {
      return loop.result
    },
  }
}

/** The state both ways share: what was said so far, what it has used, and whether it is over. */
class ToolLoop {
  result: ConversationResult | undefined
  readonly #deps: ToolLoopDeps
  readonly #conversation: Conversation
  readonly #signal: AbortSignal
  readonly #messages: Message[]
  readonly #usage: TokenUsage = {
    inputTokens: 0,
    outputTokens: 0,
    cachedTokens: 0,
    estimated: false,
  }
  /** The text of each answer. */
  readonly #said: string[] = []
  #providerMs = 0

  constructor(deps: ToolLoopDeps, conversation: Conversation, signal: AbortSignal) {
    this.#deps = deps
    this.#conversation = conversation
    this.#signal = signal
    this.#messages = [...conversation.messages]
  }

  request(): CompletionRequest {
    const { entry, tools, maxTokens, temperature, topP } = this.#conversation
    const request: CompletionRequest = { model: entry.model, messages: this.#messages }
    if (tools.length > 0) request.tools = tools
    if (maxTokens !== undefined) request.maxTokens = maxTokens
    if (temperature !== undefined) request.temperature = temperature
    if (topP !== undefined) request.topP = topP
    return request
  }

  /** Measures one step of the provider; its failure ends the conversation and gives null. */
  async call<T>(step: () => Promise<T>): Promise<T | null> {
    const { clock } = this.#deps
    const started = clock.monotonicMs()
    let failure: unknown
    try {
      return await step()
    } catch (error) {
      failure = error
    } finally {
      this.#providerMs += clock.monotonicMs() - started
    }
    await this.#fail(failure)
    return null
  }

  /** Takes a whole answer: either it is the last, or its tools are run and their results said. */
  async absorb(completion: Completion): Promise<void> {
    this.#said.push(completion.text)
    this.#add(completion.usage)
    await this.#deps.health.succeeded(this.#conversation.entry.providerName)
    if (completion.toolCalls.length === 0) this.#finish(completion)
    else if (this.#said.length >= MAX_MODEL_CALLS) this.#giveUp()
    else await this.#runTools(completion)
  }

  async #runTools({ text, toolCalls }: Completion): Promise<void> {
    this.#messages.push({ role: 'assistant', content: text, toolCalls })
    for (const toolCall of toolCalls) {
      // An answer may ask for many, and others are waiting.
      await nextTurn()
      const tool = this.#conversation.tools.find(({ name }) => name === toolCall.name)
      const content = tool
        ? await tool.run(toolCall.arguments)
        : 'error: this agent has no tool of that name'
      this.#messages.push({ role: 'tool', toolCallId: toolCall.id, content })
    }
  }

  #finish({ text, finishReason }: Completion): void {
    this.result = {
      ok: true,
      text,
      said: this.#said.join(''),
      finishReason: finishReason === 'tool_calls' ? 'stop' : finishReason,
      ...this.#spent(),
    }
  }

  #giveUp(): void {
    const error = `The model still asked for tools after ${MAX_MODEL_CALLS} calls.`
    this.result = { ok: false, failure: 'too_many_steps', error, ...this.#spent() }
  }

  async #fail(error: unknown): Promise<void> {
    if (error instanceof ProviderError && error.usage) this.#add(error.usage)
    const provider = this.#conversation.entry.providerName
    const { health } = this.#deps
    const failed = await failedCall(error, { provider, signal: this.#signal, health })
    this.result = { ...failed, ...this.#spent() }
  }

  #add({ inputTokens, outputTokens, cachedTokens, estimated }: TokenUsage): void {
    this.#usage.inputTokens += inputTokens
    this.#usage.outputTokens += outputTokens
    this.#usage.cachedTokens += cachedTokens
    this.#usage.estimated ||= estimated
  }

  #spent(): Spent {
    return { usage: this.#usage, providerMs: this.#providerMs }
  }
}
