import type { Answer, AnswerEvent, AnswerPart, FinishReason } from '../form/answer.ts'
import { type Message, type ToolCallPart, toolCallsIn } from '../form/parts.ts'
import { nextTurn } from '../next-turn.ts'
import type { AnswerStream, ModelCall } from '../providers/provider.ts'
import type { FailedCall } from './failed-call.ts'
import { CallWording, type Conversation } from './call-wording.ts'
import { HandedBack } from './handed-back.ts'
import { type MeterDeps, MeteredCalls, type RunResult } from './metered-calls.ts'

/** Model calls of one run, so that a model that never stops asking for tools ends. Source: contract 4.9. */
const MAX_MODEL_CALLS = 10

/** Characters of answers that asked for tools, of one run: all of them are sent again with each call. */
const MAX_SAID_TO_TOOLS = 4 * 1024 * 1024

/** What a conversation came to: the last answer, with the client's calls and none of ours. */
export interface Conversed {
  parts: AnswerPart[]
  finishReason: FinishReason
  stopSequence?: string
  /** What was said on the way, the last answer included: what a stream has told. */
  told: AnswerPart[]
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
    const answer = await loop.calls.step(() => provider.complete(loop.call(), signal))
    if (answer) await loop.absorb(answer)
  }
  return loop.calls.result
}

/** The same while it arrives. */
export interface ConversationStream {
  /** The next events, never none, or null when the conversation has ended, well or badly; `result` tells. Never throws. */
  read(): Promise<AnswerEvent[] | null>
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
  let stream: AnswerStream | null = null
  return {
    async read() {
      while (!calls.result) {
        const current = (stream ??= await calls.step(() => provider.stream(loop.call(), signal)))
        if (!current) break
        const events = await calls.step(() => current.read())
        if (calls.result) break
        const told = loop.told(events)
        if (events === null) {
          await loop.absorb(current.answer)
          stream = null
        }
        if (told.length > 0) return told
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
  readonly #handedBack: HandedBack
  readonly #wording: CallWording
  readonly #conversation: Conversation
  readonly #messages: Message[]
  readonly #told: AnswerPart[] = []
  #answers = 0
  #saidToTools = 0

  constructor(deps: MeterDeps, conversation: Conversation, signal: AbortSignal) {
    const { entry, request, tools } = conversation
    this.calls = new MeteredCalls(deps, entry.providerName, signal)
    this.#handedBack = new HandedBack(request.tools ?? [], tools)
    this.#wording = new CallWording(conversation)
    this.#conversation = conversation
    this.#messages = [...request.messages]
  }

  /** What the model is asked next. */
  call(): ModelCall {
    const isLast = this.#answers === MAX_MODEL_CALLS - 1
    return this.#wording.call(this.#messages, isLast)
  }

  /** What the client is told of what was read; at the end of an answer, what is missing. */
  told(events: AnswerEvent[] | null): AnswerEvent[] {
    return this.#handedBack.told(events ? this.#wording.read(events) : this.#wording.end())
  }

  /** Takes a whole answer: either it is the last, or its tools are run and their results said. */
  async absorb(answer: Answer): Promise<void> {
    this.#answers++
    const said = this.#wording.partsOf(answer.parts)
    const parts = this.#handedBack.partsOf(said)
    this.#told.push(...parts)
    await this.calls.answered(answer.usage)
    // Of an answer that asks for tools of both, the client gets its own calls: it could not answer for ours.
    if (toolCallsIn(parts).length > 0) this.#finish(answer, parts, 'tool_calls')
    else if (toolCallsIn(said).length === 0) this.#finish(answer, parts, reasonOf(answer))
    else if (this.#answers >= MAX_MODEL_CALLS) this.calls.giveUp(TOO_MANY_STEPS)
    else if (this.#holds(said)) await this.#runTools(said)
    else this.calls.giveUp(TOO_MUCH_SAID)
  }

  /** Whether the conversation may grow by that answer. */
  #holds(parts: readonly AnswerPart[]): boolean {
    this.#saidToTools += parts.reduce((sum, part) => sum + lengthOf(part), 0)
    return this.#saidToTools <= MAX_SAID_TO_TOOLS
  }

  async #runTools(given: AnswerPart[]): Promise<void> {
    const parts = given.map((part, index) =>
      part.type === 'tool_call' && part.id === ''
        ? { ...part, id: `call_${this.#answers}_${index}` }
        : part,
    )
    this.#messages.push({ role: 'assistant', parts })
    const results: Message = { role: 'tool', parts: [] }
    for (const call of toolCallsIn(parts)) {
      // An answer may ask for many, and others are waiting.
      await nextTurn()
      const text = await this.#run(call)
      results.parts.push({
        type: 'tool_result',
        callId: call.id,
        content: [{ type: 'text', text }],
      })
    }
    this.#messages.push(results)
  }

  async #run({ name, arguments: args }: ToolCallPart): Promise<string> {
    const tool = this.#conversation.tools?.find((known) => known.name === name)
    return tool ? tool.run(args) : 'error: this agent has no tool of that name'
  }

  #finish({ stopSequence }: Answer, parts: AnswerPart[], finishReason: FinishReason): void {
    const conversed: Conversed = { parts, finishReason, told: this.#told }
    if (stopSequence !== undefined) conversed.stopSequence = stopSequence
    this.calls.end(conversed)
  }
}

/** An answer that was given by a call is no call. */
function reasonOf({ finishReason }: Answer): FinishReason {
  return finishReason === 'tool_calls' ? 'stop' : finishReason
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

function lengthOf(part: AnswerPart): number {
  return part.type === 'tool_call' ? part.name.length + part.arguments.length : part.text.length
}
