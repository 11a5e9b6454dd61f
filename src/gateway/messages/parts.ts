import type { Notes } from '../../form/notes.ts'
import type { DocumentPart, ImagePart, Part, Signature, ToolResultPart } from '../../form/parts.ts'
import { asObject, asString } from '../../providers/json-shape.ts'
import { placed } from '../form/cache-hint.ts'
import { checkShape } from '../form/check-shape.ts'
import { mediaType } from '../form/data-url.ts'
import {
  Base64Source,
  FileBlock,
  TextBlock,
  TextSource,
  ToolResultBlock,
  ToolUseBlock,
  UrlSource,
} from './messages-schema.ts'
import { argumentsOf } from '../form/tool-input.ts'

type Block = Readonly<Record<string, unknown>>
type Content = string | { type: string }[]

/** Parts that may stand in the result of a tool. */
type ResultContent = ToolResultPart['content']

/** Content as parts: a plain string is one text. */
export function contentParts(content: Content, at: string, notes: Notes): Part[] {
  if (typeof content === 'string')
    return content === '' ? [] : [{ type: 'text', text: content, at }]
  return content.flatMap((block, index) => partsOf({ ...block }, `${at}/${index}`, notes))
}

function partsOf(block: Block, at: string, notes: Notes): Part[] {
  switch (block['type']) {
    case 'text':
      return textParts(block, at, notes)
    case 'image':
      return fileParts(block, at, notes).flatMap((file) => imageOf(file, notes))
    case 'document':
      return fileParts(block, at, notes).map((file) => documentOf(file, block))
    case 'tool_use':
      return callParts(block, at, notes)
    case 'tool_result':
      return resultParts(block, at, notes)
    case 'thinking':
    case 'redacted_thinking':
      return [thought(block, at)]
    default:
      return otherParts(block, at, notes)
  }
}

function textParts(block: Block, at: string, notes: Notes): Part[] {
  const shaped = checkShape(TextBlock, block, at, notes)
  return shaped ? [{ type: 'text', text: shaped.text, ...placed(block, at) }] : []
}

type FilePart = Omit<DocumentPart, 'type'>

/** What an image and a document have in common: their bytes, or where they are. */
function fileParts(block: Block, at: string, notes: Notes): FilePart[] {
  const shaped = checkShape(FileBlock, block, at, notes)
  const source = shaped && sourceOf(shaped.source, `${at}/source`, notes)
  return source ? [{ source, ...placed(block, at) }] : []
}

function sourceOf(
  source: { type: string },
  at: string,
  notes: Notes,
): DocumentPart['source'] | undefined {
  switch (source.type) {
    case 'url':
      return checkShape(UrlSource, source, at, notes)
    case 'base64': {
      const inline = checkShape(Base64Source, source, at, notes)
      return inline && { mediaType: mediaType(inline.media_type), data: inline.data }
    }
    case 'text': {
      const plain = checkShape(TextSource, source, at, notes)
      return plain && { text: plain.data }
    }
    default:
      notes.refuse(`${at}/type`)
      return undefined
  }
}

function imageOf({ source, ...place }: FilePart, notes: Notes): ImagePart[] {
  if ('text' in source) {
    notes.refuse(place.at && `${place.at}/source/type`)
    return []
  }
  return [{ type: 'image', source, ...place }]
}

function documentOf(file: FilePart, block: Block): DocumentPart {
  const name = asString(block['title'])
  return { type: 'document', ...file, ...(name !== '' && { name }) }
}

function callParts(block: Block, at: string, notes: Notes): Part[] {
  const shaped = checkShape(ToolUseBlock, block, at, notes)
  if (!shaped) return []
  const { id, name, input } = shaped
  return [{ type: 'tool_call', id, name, arguments: argumentsOf(input), ...placed(block, at) }]
}

function resultParts(block: Block, at: string, notes: Notes): Part[] {
  const shaped = checkShape(ToolResultBlock, block, at, notes)
  if (!shaped) return []
  const { tool_use_id: callId, content = '', is_error: isError } = shaped
  const said = contentParts(content ?? '', `${at}/content`, notes)
  return [
    {
      type: 'tool_result',
      callId,
      content: said.flatMap((part) => answerable(part, notes)),
      ...(isError === true && { isError }),
      ...placed(block, at),
    },
  ]
}

function answerable(part: Part, notes: Notes): ResultContent {
  if (part.type === 'text' || part.type === 'image' || part.type === 'document') return [part]
  notes.refuse(part.at, 'a tool answers with text, images or documents')
  return []
}

function thought(block: Block, at: string): Part {
  if (block['type'] === 'redacted_thinking') {
    const signature = signatureOf(asString(block['data']))
    return { type: 'reasoning', text: '', redacted: true, signature, at }
  }
  const seal = asString(block['signature'])
  return {
    type: 'reasoning',
    text: asString(block['thinking']),
    ...(seal !== '' && { signature: signatureOf(seal) }),
    at,
  }
}

/** What Anthropic's own servers did on the way: their part of the story was told in the answer's text. */
const OF_SERVER_TOOLS = /^(server_tool_use|mcp_tool_use|mcp_tool_result|\w+_tool_result|fallback)$/

function otherParts(block: Block, at: string, notes: Notes): Part[] {
  if (OF_SERVER_TOOLS.test(asString(block['type']))) notes.leaveOut(at)
  else notes.refuse(at, 'a block of this type cannot be given to the model asked for')
  return []
}

const OTHER_FAMILY = /^([a-z]+):/

/** The seal of another family than Anthropic's has its name before it; Anthropic's are base64. */
function signatureOf(seal: string): Signature {
  const family = OTHER_FAMILY.exec(seal)?.[1]
  return family
    ? { family, data: seal.slice(family.length + 1) }
    : { family: 'anthropic', data: seal }
}

/** The seal as the one string that the format has room for. */
export function sealOf(signature: Signature | undefined): string {
  if (!signature) return ''
  const { family, data } = signature
  return family === 'anthropic' ? data : `${family}:${data}`
}

/** Whether a document asks for citations, which are another answer. */
export function asksForCitations(block: object): boolean {
  return asObject(asObject(block)['citations'])['enabled'] === true
}
