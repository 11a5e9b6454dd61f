import type { AnswerEvent, AnswerPart } from '../form/answer.ts'
import { CustomTools } from '../form/custom-tools.ts'
import { OutputTool } from '../form/output-tool.ts'
import type { Message, Part } from '../form/parts.ts'
import type { ModelRequest, ToolSpec } from '../form/request.ts'
import { ToolNames } from '../form/tool-names.ts'
import { withResultsInPlace } from '../form/tool-turns.ts'
import { Wordings } from '../form/wording.ts'
import type { CatalogEntry } from '../providers/catalog.ts'
import type { ModelCall } from '../providers/provider.ts'
import type { Tool } from '../tools/tool.ts'

/** What a run, a chat or a client asks of a model. */
export interface Conversation {
  entry: CatalogEntry
  /** Its tools are the client's: calls of them are handed back. */
  request: ModelRequest
  /** These are run here; null where none are, and every call is handed back. */
  tools: Tool[] | null
}

/** How one conversation is said to its provider, and what its answers mean. */
export class CallWording {
  readonly #conversation: Conversation
  readonly #offered: readonly ToolSpec[]
  readonly #output: OutputTool | null
  readonly #wordings: Wordings

  constructor(conversation: Conversation) {
    const { request, tools } = conversation
    this.#conversation = conversation
    this.#offered = [...(request.tools ?? []), ...(tools ?? [])]
    this.#output = this.#outputTool()
    this.#wordings = speaksOfTools(conversation) || this.#output ? this.#all() : PLAIN
  }

  #all(): Wordings {
    const { request } = this.#conversation
    return new Wordings(
      new CustomTools(request.tools),
      ...(this.#output ? [this.#output] : []),
      new ToolNames(this.#offered),
    )
  }

  /**
   * What the model is asked when so much has been said.
   *
   * @param isLast it may call no further tool but the one that answers
   */
  call(messages: Message[], isLast = false): ModelCall {
    if (this.#output) this.#output.isLast = isLast
    return this.#wordings.asked(this.#plainCall(messages))
  }

  /** What was read of an answer. */
  read(events: AnswerEvent[]): AnswerEvent[] {
    return this.#wordings.read(events)
  }

  /** What is missing at its end. */
  end(): AnswerEvent[] {
    return this.#wordings.end()
  }

  /** The parts of a whole answer. */
  partsOf(parts: AnswerPart[]): AnswerPart[] {
    return this.#wordings.partsOf(parts)
  }

  #plainCall(messages: Message[]): ModelCall {
    const { entry, request } = this.#conversation
    const tools = [...this.#offered]
    return {
      ...request,
      model: entry.model,
      messages: this.#wordings === PLAIN ? messages : withResultsInPlace(messages),
      ...(tools.length > 0 && { tools }),
    }
  }

  /** Null where no form is wanted, or the model promises it by itself; and where it has no tools to promise it by. */
  #outputTool(): OutputTool | null {
    const { entry, request } = this.#conversation
    const { format, messages } = request
    if (!format || !entry.model.supportsTools) return null
    const isTaken = entry.provider.takesFormat(format, this.#plainCall(messages))
    return isTaken ? null : new OutputTool(format, this.#offered)
  }
}

/** Of a conversation without tools, as most are, which needs no other words. */
const PLAIN = new Wordings()

function speaksOfTools({ request, tools }: Conversation): boolean {
  const isOffered = (request.tools?.length ?? 0) + (tools?.length ?? 0) > 0
  return isOffered || request.messages.some(({ parts }) => parts.some(isOfTool))
}

function isOfTool({ type }: Part): boolean {
  return type === 'tool_call' || type === 'tool_result'
}
