import type { DocumentPart, ImagePart, Part, Source } from '../../form/parts.ts'

/* The demo model cannot see, but it can say what it was shown. */

type Media = ImagePart | DocumentPart

/** What is shown in those parts, the results of tools included: a sentence each. */
export function shownIn(parts: readonly Part[]): string[] {
  return mediaIn(parts).map((part) => `You showed me ${nameOf(part)}.`)
}

/** Images and files, wherever they stand. */
export function mediaIn(parts: readonly Part[]): Media[] {
  return parts.flatMap((part): Media[] => {
    if (part.type === 'tool_result') return mediaIn(part.content)
    return part.type === 'image' || part.type === 'document' ? [part] : []
  })
}

function nameOf({ type, source, ...rest }: Media): string {
  const title = 'name' in rest && rest.name ? ` named ${rest.name}` : ''
  if ('text' in source) return `a text${title} of ${source.text.length} characters`
  const what = type === 'image' ? 'an image' : 'a file'
  return (
    what + title + ('url' in source ? ' at an address, which is not opened here' : facts(source))
  )
}

function facts({ mediaType, data }: Extract<Source, { data: string }>): string {
  const bytes = Buffer.from(data, 'base64')
  const size = sizeOf(bytes)
  const pixels = size ? `, ${size.width} × ${size.height} pixels` : ''
  return ` of type ${mediaType}${pixels}, ${bytes.length} bytes`
}

interface Size {
  width: number
  height: number
}

/** Of a PNG, a GIF or a JPEG, as it says at its beginning; undefined for what is none. */
export function sizeOf(bytes: Buffer): Size | undefined {
  if (bytes.length >= 24 && bytes.toString('latin1', 1, 4) === 'PNG') {
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  }
  if (bytes.length >= 10 && bytes.toString('latin1', 0, 4) === 'GIF8') {
    return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
  }
  return bytes.length >= 4 && bytes.readUInt16BE(0) === JPEG ? jpegSize(bytes) : undefined
}

const JPEG = 0xffd8

/** Frames begin with one of these markers, but for three that mean something else. */
function isFrame(marker: number): boolean {
  return marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker)
}

function jpegSize(bytes: Buffer): Size | undefined {
  for (let at = 2; at + 9 <= bytes.length; at += 2 + bytes.readUInt16BE(at + 2)) {
    const marker = bytes.readUInt16BE(at)
    if (marker < 0xff00) return undefined
    if (isFrame(marker))
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) }
  }
  return undefined
}
