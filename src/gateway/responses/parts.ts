import type { TSchema } from '@sinclair/typebox'
import type { Notes } from '../../form/notes.ts'
import type { Part, ToolResultPart } from '../../form/parts.ts'
import { fileSource } from '../chat/parts.ts'
import { checkShape } from '../form/check-shape.ts'
import { sourceOf } from '../form/data-url.ts'
import {
  type ContentPart,
  InputFile,
  InputImage,
  InputText,
  OutputText,
  Refusal,
} from './items-schema.ts'

export type SchemaByType = ReadonlyMap<unknown, TSchema>

const PARTS: SchemaByType = new Map<unknown, TSchema>([
  ['input_text', InputText],
  ['text', InputText],
  ['input_image', InputImage],
  ['input_file', InputFile],
  ['output_text', OutputText],
  ['refusal', Refusal],
])

/** What a message or a tool says: a string is one text. */
export function contentParts(content: string | unknown[], at: string, notes: Notes): Part[] {
  if (typeof content === 'string')
    return content === '' ? [] : [{ type: 'text', text: content, at }]
  return content.flatMap((given, index) => {
    const place = `${at}/${index}`
    const part = checkedByType<ContentPart>(PARTS, given, place, notes)
    return part ? partsOf(part, place, notes) : []
  })
}

function partsOf(part: ContentPart, at: string, notes: Notes): Part[] {
  switch (part.type) {
    case 'refusal':
      return [{ type: 'refusal', text: part.refusal, at }]
    case 'input_image': {
      const detail = part.detail ? { detail: part.detail } : {}
      return [{ type: 'image', source: sourceOf(part.image_url), ...detail, at }]
    }
    case 'input_file': {
      const { file_data: data, file_url: url, filename } = part
      if (!data && !url) notes.refuse(`${at}/file_data`, 'this field is required')
      const source = data ? fileSource(data) : { url: url ?? '' }
      return [{ type: 'document', source, ...(filename && { name: filename }), at }]
    }
    default:
      return [{ type: 'text', text: part.text, at }]
  }
}

/** What a tool answered. */
export function outputParts(
  output: string | unknown[],
  at: string,
  notes: Notes,
): ToolResultPart['content'] {
  return contentParts(output, at, notes).flatMap((part): ToolResultPart['content'] => {
    if (part.type === 'text' || part.type === 'image' || part.type === 'document') return [part]
    notes.refuse(part.at, 'a tool answers with text, images or files')
    return []
  })
}

/** The value when it is of a known type and as that type's schema allows; a message need not say its type. */
export function checkedByType<T>(
  schemas: SchemaByType,
  given: unknown,
  at: string,
  notes: Notes,
): T | undefined {
  if (typeof given !== 'object' || given === null) {
    notes.refuse(at, 'expected an object')
    return undefined
  }
  const type = 'type' in given ? given.type : 'message'
  const schema = schemas.get(type)
  if (schema) return checkShape(schema, given, at, notes) as T | undefined
  notes.refuse(`${at}/type`, `expected one of ${[...schemas.keys()].join(', ')}`)
  return undefined
}
