import type { Notes } from '../../form/notes.ts'
import type { Message, Part, ReasoningPart, ToolResultPart } from '../../form/parts.ts'
import { argumentsOf } from '../form/tool-input.ts'
import { turnsOf } from '../form/turns.ts'
import { CallIds } from './call-ids.ts'
import type { Content, GenerateBody, Part as GivenPart } from './gemini-schema.ts'
import { mediaParts } from './media.ts'
import { sealIn } from './seal.ts'

/** The system's instruction as a message of its own, before all others. */
export function systemMessages(
  instruction: GenerateBody['systemInstruction'],
  notes: Notes,
): Message[] {
  const at = '/systemInstruction'
  const parts = new ContentReader(new CallIds(), notes).read(instruction?.parts, `${at}/parts`)
  return parts.length === 0 ? [] : [{ role: 'system', parts, at }]
}

/** The conversation in the one form. */
export function historyMessages(contents: readonly Content[], notes: Notes): Message[] {
  const ids = new CallIds()
  return contents.flatMap(({ role, parts }, index) => {
    const at = `/contents/${index}`
    const read = new ContentReader(ids, notes).read(parts, `${at}/parts`)
    return turnsOf(role === 'model' ? 'assistant' : 'user', read, at)
  })
}

/** What Google's own tools did on the way: their part of the story was told in the answer's text. */
const OF_SERVER_TOOLS = ['executableCode', 'codeExecutionResult', 'toolCall', 'toolResponse']

/** Reads the parts of one content. */
class ContentReader {
  readonly #ids: CallIds
  readonly #notes: Notes
  readonly #parts: Part[] = []

  constructor(ids: CallIds, notes: Notes) {
    this.#ids = ids
    this.#notes = notes
  }

  read(parts: Content['parts'], at: string): Part[] {
    parts?.forEach((part, index) => this.#add(part, `${at}/${index}`))
    return this.#parts
  }

  #add(part: GivenPart, at: string): void {
    const { text, thought, thoughtSignature, functionCall, functionResponse } = part
    if (thought === true) this.#think(text ?? '', at)
    if (thoughtSignature) this.#seal(thoughtSignature, at)
    if (thought === true) return
    if (functionCall) this.#call(functionCall, at)
    else if (functionResponse) this.#result(functionResponse, at)
    else if (text) this.#parts.push({ type: 'text', text, at })
    else if (part.inlineData ?? part.fileData)
      this.#parts.push(...mediaParts(part, at, this.#notes))
    else this.#passOver(part, at)
  }

  /** A thought may come in pieces; what follows a seal is another one. */
  #think(text: string, at: string): void {
    const open = this.#openThought()
    if (open) open.text += text
    else this.#parts.push({ type: 'reasoning', text, at })
  }

  /** The seal of a part is that of the thoughts which led to it, whether they were told or not. */
  #seal(thoughtSignature: string, at: string): void {
    const open = this.#openThought()
    const seal = sealIn(thoughtSignature)
    if (open) Object.assign(open, seal)
    else this.#parts.push({ type: 'reasoning', text: '', at, ...seal })
  }

  #openThought(): ReasoningPart | undefined {
    const last = this.#parts.at(-1)
    return last?.type === 'reasoning' && !last.signature ? last : undefined
  }

  #call({ id, name, args }: NonNullable<GivenPart['functionCall']>, at: string): void {
    const known = this.#ids.called(id ?? '', name)
    const text = argumentsOf(args ?? {})
    this.#parts.push({ type: 'tool_call', id: known, name, arguments: text, at })
  }

  #result(given: NonNullable<GivenPart['functionResponse']>, at: string): void {
    const { id, name, response, parts } = given
    const shown = (parts ?? []).flatMap((part, index) =>
      mediaParts(part, `${at}/functionResponse/parts/${index}`, this.#notes),
    )
    const { text, isError } = resultText(response ?? {})
    const content: ToolResultPart['content'] = [{ type: 'text', text }, ...shown]
    const callId = this.#ids.answered(id ?? '', name)
    this.#parts.push({ type: 'tool_result', callId, content, at, ...(isError && { isError }) })
  }

  #passOver(part: GivenPart, at: string): void {
    const ofServers = OF_SERVER_TOOLS.some((field) => field in part)
    if (ofServers) this.#notes.leaveOut(at)
    else if (!saysNothing(part)) {
      this.#notes.refuse(at, 'a part of this type cannot be given to the model asked for')
    }
  }
}

const SAYS_NOTHING = new Set(['text', 'thought', 'thoughtSignature', 'partMetadata'])

function saysNothing(part: GivenPart): boolean {
  return Object.entries(part).every(([field, value]) => value === null || SAYS_NOTHING.has(field))
}

/** The result by itself where it stands under the usual name, its JSON otherwise. */
function resultText(response: object): { text: string; isError?: true } {
  const [[field, value] = [], ...others] = Object.entries(response)
  const isAlone = others.length === 0 && field !== undefined
  if (isAlone && field === 'error') return { text: textOf(value), isError: true }
  if (isAlone && (field === 'output' || field === 'result')) return { text: textOf(value) }
  return { text: JSON.stringify(response) }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
