import type { Notes } from '../../form/notes.ts'
import {
  type DocumentPart,
  type ImagePart,
  type Message,
  type Part,
  saidIn,
  type Source,
  type ToolCallPart,
  toolCallsIn,
  type ToolResultPart,
} from '../../form/parts.ts'
import { isObject, parseJson } from '../json-shape.ts'
import { FAMILY } from './reading.ts'

/** What one side says in a row. */
interface Content {
  role: 'user' | 'model'
  parts: object[]
}

/** Stands for a seal that nobody has, where a model insists on one. */
const NO_SEAL = 'skip_thought_signature_validator'

/** What the system messages say, wherever they stand; undefined when there is nothing. */
export function systemInstruction(messages: readonly Message[], notes: Notes): object | undefined {
  const parts = messages.flatMap(({ role, parts }) => (role === 'system' ? parts : []))
  for (const part of parts) {
    notes.leaveOut(part.cache?.at)
    if (part.type !== 'text') notes.refuse(part.at, NO_SUCH_PART)
  }
  const texts = parts.map((part) => saidIn([part])).filter((text) => text !== '')
  return texts.length === 0 ? undefined : { parts: texts.map((text) => ({ text })) }
}

const NO_SUCH_PART = 'a part of this type cannot be given to the model asked for'

/** The conversation without its system messages, what one side says in a row as one content. */
export function contentsOf(
  messages: readonly Message[],
  { insistsOnSeals }: { insistsOnSeals: boolean },
  notes: Notes,
): Content[] {
  const contents: Content[] = []
  const names = namesOfCalls(messages)
  for (const message of messages) {
    if (message.role === 'system') continue
    if (message.name !== undefined && message.at !== undefined) notes.leaveOut(`${message.at}/name`)
    const role = message.role === 'assistant' ? 'model' : 'user'
    const parts = new PartWriter(names, notes).write(message.parts)
    if (role === 'model' && insistsOnSeals) sealFirstCall(parts)
    if (parts.length === 0) continue
    const last = contents.at(-1)
    if (last?.role === role) last.parts.push(...parts)
    else contents.push({ role, parts })
  }
  return contents
}

/** By their ids: a result has to say whose it is. */
function namesOfCalls(messages: readonly Message[]): ReadonlyMap<string, string> {
  return new Map(
    messages.flatMap(({ parts }) => toolCallsIn(parts)).map(({ id, name }) => [id, name]),
  )
}

/** Writes the parts of one message. */
class PartWriter {
  readonly #names: ReadonlyMap<string, string>
  readonly #notes: Notes
  /** Of the thoughts that led to the part which follows. */
  #seal = ''

  constructor(names: ReadonlyMap<string, string>, notes: Notes) {
    this.#names = names
    this.#notes = notes
  }

  write(parts: readonly Part[]): object[] {
    const written = parts.flatMap((part) => {
      this.#notes.leaveOut(part.cache?.at)
      return this.#part(part)
    })
    return this.#seal === '' ? written : [...written, this.#sealed({ text: '' })]
  }

  #part(part: Part): object[] {
    switch (part.type) {
      case 'text':
      case 'refusal':
        return part.text === '' ? [] : [this.#sealed({ text: part.text })]
      case 'image':
      case 'document':
        return [mediaPart(part, this.#notes)]
      case 'reasoning':
        return this.#thought(part)
      case 'tool_call':
        return [this.#call(part)]
      default:
        return this.#result(part)
    }
  }

  /** Thoughts are taken back under the seal of the same family only. */
  #thought({ text, signature, at }: Extract<Part, { type: 'reasoning' }>): object[] {
    if (signature?.family !== FAMILY) {
      this.#notes.leaveOut(at)
      return []
    }
    this.#seal = signature.data
    return text === '' ? [] : [{ text, thought: true }]
  }

  #call({ id, name, arguments: text, signature }: ToolCallPart): object {
    if (signature?.family === FAMILY) this.#seal = signature.data
    const args = parseJson(text)
    // Arguments that were cut off are sent as none, for the conversation has to go on.
    const functionCall = { ...withId(id), name, args: isObject(args) ? args : {} }
    return this.#sealed({ functionCall })
  }

  #sealed(part: object): object {
    if (this.#seal === '') return part
    const thoughtSignature = this.#seal
    this.#seal = ''
    return { ...part, thoughtSignature }
  }

  /** What a result holds besides text follows it, for it has no place within. */
  #result({ callId, content, isError }: ToolResultPart): object[] {
    for (const { cache } of content) this.#notes.leaveOut(cache?.at)
    const name = this.#names.get(callId) ?? callId
    const response = responseOf(saidIn(content), isError === true)
    const shown = content.filter((part) => part.type !== 'text')
    return [
      { functionResponse: { ...withId(callId), name, response } },
      ...shown.map((part) => mediaPart(part, this.#notes)),
    ]
  }
}

function withId(id: string): { id?: string } {
  return id === '' ? {} : { id }
}

/** An object is wanted; JSON of one is taken for the result itself. */
function responseOf(text: string, isError: boolean): object {
  if (isError) return { error: text }
  const value = parseJson(text)
  return isObject(value) ? value : { output: text }
}

function mediaPart(part: ImagePart | DocumentPart, notes: Notes): object {
  if (part.type === 'image' && (part.detail ?? 'auto') !== 'auto') notes.leaveOut(part.at)
  const { source, at } = part
  return 'text' in source ? { text: source.text } : sourceJson(source, at, notes)
}

function sourceJson(source: Source, at: string | undefined, notes: Notes): object {
  if ('data' in source) {
    return { inlineData: { mimeType: source.mediaType, data: source.data } }
  }
  if (!/^https?:\/\//i.test(source.url)) {
    notes.refuse(at, 'expected an http(s) URL or a base64 data URL')
  }
  return { fileData: { fileUri: source.url } }
}

/** The first call of an answer carries the seal; histories of other models have none. */
function sealFirstCall(parts: object[]): void {
  const index = parts.findIndex((part) => 'functionCall' in part)
  const call = parts[index]
  if (call && !('thoughtSignature' in call)) parts[index] = { ...call, thoughtSignature: NO_SEAL }
}
