import { nextTurn } from '../next-turn.ts'
import type { CatalogEntry } from '../providers/catalog.ts'
import type {
  Completion,
  CompletionRequest,
  CompletionStream,
  FinishReason,
  Message,
} from '../providers/provider.ts'
import type { Tool } from '../tools/tool.ts'
import type { FailedCall } from './failed-call.ts'
import { type MeterDeps, MeteredCalls, type RunResult } from './metered-calls.ts'

/** Model calls of one run, so that a model that never stops asking for tools ends. Source: contract 4.9. */
const MAX_MODEL_CALLS = 10

/** Characters of answers that asked for tools, of one run: all of them are sent again with each call. */
const MAX_SAID_TO_TOOLS = 4 * 1024 * 1024

/** What a run or chat asks of a model. */
export interface Conversation {
  entry: CatalogEntry
  messages: Message[]
  tools: Tool[]
  maxTokens?: number | undefined
  temperature?: number | undefined
  topP?: number | undefined
}

/** What a conversation came to. */
export interface Conversed {
  text: string
  /** Everything that was said on the way, the last answer included: what a stream has told. */
  said: string
  finishReason: Exclude<FinishReason, 'tool_calls'>
}

/** How a conversation ended: with the model's last answer, or with a failure. */
export type ConversationResult = RunResult<Conversed>

/** Asks the model, runs the tools it asks for, and asks again until it answers. Never throws. */
export async function converse(
  deps: MeterDeps,
  conversation: Conversation,
  signal: AbortSignal,
): Promise<ConversationResult> {
  const loop = new ToolLoop(deps, conversation, signal)
  const { provider } = conversation.entry
  while (!loop.calls.result) {
    const completion = await loop.calls.step(() => provider.complete(loop.request(), signal))
    if (completion) await loop.absorb(completion)
  }
  return loop.calls.result
}

/** The same while it arrives. */
export interface ConversationStream {
  /** The next text, or null when the conversation has ended, well or badly; `result` tells. Never throws. */
  read(): Promise<string | null>
  /** Set once `read` has returned null. */
  readonly result: ConversationResult | undefined
}

export function streamConversation(
  deps: MeterDeps,
  conversation: Conversation,
  signal: AbortSignal,
): ConversationStream {
  const loop = new ToolLoop(deps, conversation, signal)
  const { calls } = loop
  const { provider } = conversation.entry
  let stream: CompletionStream | null = null
  return {
    async read() {
      while (!calls.result) {
        const current = (stream ??= await calls.step(() => provider.stream(loop.request(), signal)))
        if (!current) break
        const text = await calls.step(() => current.read())
        if (text !== null) return text
        if (calls.result) break
        await loop.absorb(current.completion)
        stream = null
      }
      return null
    },
    get result() {
      return calls.result
    },
  }
}

/** The state both ways share: what was said so far, and what the calls made of it. */
class ToolLoop {
  readonly calls: MeteredCalls<Conversed>
  readonly #conversation: Conversation
  readonly #messages: Message[]
  /** The text of each answer. */
  readonly #said: string[] = []
  #saidToTools = 0

  constructor(deps: MeterDeps, conversation: Conversation, signal: AbortSignal) {
    this.calls = new MeteredCalls(deps, conversation.entry.providerName, signal)
    this.#conversation = conversation
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

  /** Takes a whole answer: either it is the last, or its tools are run and their results said. */
  async absorb(completion: Completion): Promise<void> {
    this.#said.push(completion.text)
    await this.calls.answered(completion.usage)
    if (completion.toolCalls.length === 0) this.#finish(completion)
    else if (this.#said.length >= MAX_MODEL_CALLS) this.calls.giveUp(TOO_MANY_STEPS)
    else if (this.#holds(completion)) await this.#runTools(completion)
    else this.calls.giveUp(TOO_MUCH_SAID)
  }

  /** Whether the conversation may grow by that answer. */
  #holds({ text, toolCalls }: Completion): boolean {
    const lengths = toolCalls.map((call) => call.name.length + call.arguments.length)
    this.#saidToTools += lengths.reduce((sum, length) => sum + length, text.length)
    return this.#saidToTools <= MAX_SAID_TO_TOOLS
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
    this.calls.end({
      text,
      said: this.#said.join(''),
      finishReason: finishReason === 'tool_calls' ? 'stop' : finishReason,
    })
  }
}

const TOO_MANY_STEPS: FailedCall = {
  ok: false,
  failure: 'too_many_steps',
  error: `The model still asked for tools after ${MAX_MODEL_CALLS} calls.`,
}

const TOO_MUCH_SAID: FailedCall = {
  ok: false,
  failure: 'too_large',
  error: `The model asked tools with more than ${MAX_SAID_TO_TOOLS} characters in all.`,
}
