import type { AnswerPart, FinishReason } from '../../form/answer.ts'
import type { ReasoningPart, ToolCallPart } from '../../form/parts.ts'
import { itemId, shortRunId } from './kept/ids.ts'
import type { GroupedName } from './namespaces.ts'
import { encryptedOf } from './reasoning.ts'
import type {
  CustomCallItem,
  FunctionCallItem,
  MessageItem,
  OutputItem,
  ReasoningItem,
} from './reply-schema.ts'

/* What a model answers, as items of OpenAI's Responses API. */

/** Makes the items of one response; their ids are made of the id of its run and their place in the output. */
export class ItemMaker {
  readonly #runId: string
  readonly #names: ReadonlyMap<string, GroupedName>

  constructor(runId: string, names: ReadonlyMap<string, GroupedName>) {
    this.#runId = runId
    this.#names = names
  }

  message(index: number): MessageItem {
    const id = this.#id('msg', index)
    return { id, type: 'message', status: 'in_progress', role: 'assistant', content: [] }
  }

  reasoning(index: number): ReasoningItem {
    const id = this.#id('rs', index)
    return { id, type: 'reasoning', status: 'in_progress', summary: [] }
  }

  call(
    index: number,
    { id, name, custom }: Pick<ToolCallPart, 'id' | 'name' | 'custom'>,
  ): FunctionCallItem | CustomCallItem {
    // Some servers send calls without an id; the client has to name one in its answer.
    const call_id = id || `call_${shortRunId(this.#runId)}${index}`
    if (custom) {
      const head = { id: this.#id('ctc', index), type: 'custom_tool_call' as const }
      return { ...head, status: 'in_progress', call_id, name, input: '' }
    }
    const head = { id: this.#id('fc', index), type: 'function_call' as const }
    const called = this.#names.get(name) ?? { name }
    return { ...head, status: 'in_progress', call_id, ...called, arguments: '' }
  }

  #id(kind: string, index: number): string {
    return itemId(kind, this.#runId, index)
  }
}

/** The items of a whole answer, in its order. An answer without any is an empty text. */
export function outputOf(
  parts: readonly AnswerPart[],
  finish: FinishReason,
  items: ItemMaker,
): OutputItem[] {
  const output: OutputItem[] = []
  for (const part of parts) {
    if (part.type === 'reasoning') output.push(thoughtItem(part, items.reasoning(output.length)))
    else if (part.type === 'tool_call') output.push(callItem(part, items.call(output.length, part)))
    else saidBy(output, items).content.push(messagePart(part))
  }
  if (!output.some(({ type }) => type !== 'reasoning')) {
    saidBy(output, items).content.push(messagePart({ type: 'text', text: '' }))
  }
  settle(output, finish)
  return output
}

/** The message that the answer's words go on in. */
function saidBy(output: OutputItem[], items: ItemMaker): MessageItem {
  const last = output.at(-1)
  if (last?.type === 'message') return last
  const item = items.message(output.length)
  output.push(item)
  return item
}

function messagePart(
  part: Extract<AnswerPart, { type: 'text' | 'refusal' }>,
): MessageItem['content'][number] {
  if (part.type === 'refusal') return { type: 'refusal', refusal: part.text }
  const { text, logprobs = [] } = part
  return { type: 'output_text', text, annotations: [], logprobs: [...logprobs] }
}

function thoughtItem({ text, signature }: ReasoningPart, item: ReasoningItem): ReasoningItem {
  if (text !== '') item.summary.push({ type: 'summary_text', text })
  if (signature) item.encrypted_content = encryptedOf(signature)
  return item
}

function callItem(
  { arguments: text }: ToolCallPart,
  item: FunctionCallItem | CustomCallItem,
): FunctionCallItem | CustomCallItem {
  if (item.type === 'custom_tool_call') item.input = text
  else item.arguments = text
  return item
}

/** The items of an answer that has ended are complete, but for the last words or call of an answer that broke off. */
export function settle(output: OutputItem[], finish: FinishReason): void {
  for (const item of output) item.status = 'completed'
  const last = output.at(-1)
  if (last && last.type !== 'reasoning' && brokeOff(finish)) last.status = 'incomplete'
}

export function brokeOff(finish: FinishReason): boolean {
  return finish === 'length' || finish === 'content_filter'
}
