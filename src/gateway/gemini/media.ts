import type { Notes } from '../../form/notes.ts'
import type { DocumentPart, ImagePart, Source } from '../../form/parts.ts'
import { mediaType } from '../form/data-url.ts'
import type { Part } from './gemini-schema.ts'

type Media = Pick<Part, 'inlineData' | 'fileData'>

const NO_SUCH_MEDIA = 'a part of this type cannot be given to the model asked for'

/** An image or a file, within the request or at an address; other sounds and pictures have no place elsewhere. */
export function mediaParts(
  { inlineData, fileData }: Media,
  at: string,
  notes: Notes,
): (ImagePart | DocumentPart)[] {
  if (inlineData) {
    const { data } = inlineData
    const type = mediaType(inlineData.mimeType)
    if (type.startsWith('text/')) return [{ type: 'document', source: { text: textOf(data) }, at }]
    return filePart({ mediaType: type, data }, type, at, notes)
  }
  if (!fileData) return []
  return filePart({ url: fileData.fileUri }, mediaType(fileData.mimeType ?? ''), at, notes)
}

function filePart(
  source: Source,
  type: string,
  at: string,
  notes: Notes,
): (ImagePart | DocumentPart)[] {
  if (type.startsWith('image/')) return [{ type: 'image', source, at }]
  if (type === 'application/pdf') return [{ type: 'document', source, at }]
  notes.refuse(at, NO_SUCH_MEDIA)
  return []
}

function textOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString()
}
