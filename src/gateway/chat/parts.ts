import { sourceOf, mediaType } from '../form/data-url.ts'
import { placed } from '../form/cache-hint.ts'
import type { Notes } from '../../form/notes.ts'
import type { DocumentPart, Part, TextPart } from '../../form/parts.ts'
import { asArray, asObject, asString } from '../../providers/json-shape.ts'
import type { ChatCompletionRequest } from './chat-schema.ts'

type Content = ChatCompletionRequest['messages'][number]['content']
type ContentPart = Exclude<Content, string | null | undefined>[number]

const KEPT_ELSEWHERE = 'send the content itself: files are not kept here'

/** What a message says: a string is one text, nothing is no part at all. */
export function contentParts(content: Content, at: string, notes: Notes): Part[] {
  if (typeof content === 'string')
    return content === '' ? [] : [{ type: 'text', text: content, at }]
  return (content ?? []).flatMap((part, index) => partsOf(part, `${at}/${index}`, notes))
}

function partsOf(part: ContentPart, at: string, notes: Notes): Part[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text ?? '', ...placed(part, at) }]
    case 'refusal':
      return [{ type: 'refusal', text: part.refusal ?? '', ...placed(part, at) }]
    case 'image_url':
      return [imagePart(part, at)]
    case 'file':
      return filePart(part, at, notes)
    case 'thinking':
      return [{ type: 'reasoning', text: thoughtIn(part), at }]
    default:
      notes.refuse(at, 'a part of this type cannot be given to the model asked for')
      return []
  }
}

/** The address stands in an object, or, as Mistral's clients write it, for itself. */
function imagePart(part: ContentPart, at: string): Part {
  const { image_url: image } = part
  const url = typeof image === 'string' ? image : (image?.url ?? '')
  const detail = asString(asObject(image)['detail'])
  return {
    type: 'image',
    source: sourceOf(url),
    ...(detail !== '' && { detail }),
    ...placed(part, at),
  }
}

function filePart(part: ContentPart, at: string, notes: Notes): DocumentPart[] {
  const { file_data: data, file_id: id, filename } = asObject(part.file)
  if ((id ?? null) !== null) notes.refuse(`${at}/file/file_id`, KEPT_ELSEWHERE)
  else if (typeof data !== 'string') notes.refuse(`${at}/file/file_data`, 'this field is required')
  if (typeof data !== 'string') return []
  const name = asString(filename)
  return [
    {
      type: 'document',
      source: fileSource(data),
      ...(name !== '' && { name }),
      ...placed(part, at),
    },
  ]
}

/** The bytes stand in a `data:` URL, or, as some clients send a PDF, bare. */
export function fileSource(data: string): DocumentPart['source'] {
  const source = sourceOf(data)
  const isBare = 'url' in source && !/^[a-z][a-z0-9+.-]*:/i.test(data)
  return isBare ? { mediaType: mediaType('application/pdf'), data } : source
}

/** Mistral's models tell their thoughts as a part of its own, in parts of text. */
function thoughtIn(part: Readonly<Record<string, unknown>>): string {
  const { thinking } = part
  if (typeof thinking === 'string') return thinking
  return asArray(thinking)
    .map((each) => asString(asObject(each)['text']))
    .join('')
}

/** The parts that a tool may answer with; notes any other. */
export function resultParts(parts: Part[], notes: Notes): Exclude<Part, { type: Unanswerable }>[] {
  return parts.flatMap((part) => {
    if (part.type === 'refusal') return [asText(part.text, part.at)]
    if (part.type === 'text' || part.type === 'image' || part.type === 'document') return [part]
    notes.refuse(part.at, 'a tool answers with text, images or files')
    return []
  })
}

type Unanswerable = 'tool_call' | 'tool_result' | 'reasoning' | 'refusal'

function asText(text: string, at: string | undefined): TextPart {
  return { type: 'text', text, ...(at !== undefined && { at }) }
}
