import type { Refusals } from '../anthropic-refusals.ts'
import type { ContentPart } from '../form/chat-format.ts'

type Part<Type extends ContentPart['type']> = Extract<ContentPart, { type: Type }>

/** `cache_control` is Anthropic's own; clients that know it may write it on a part. */
const TEXT_FIELDS = new Set(['type', 'text', 'cache_control'])
const IMAGE_FIELDS = new Set(['type', 'image_url', 'cache_control'])
const URL_FIELDS = new Set(['url', 'detail'])

const DATA_URL = /^data:([^;,]+);base64,(.*)$/s

/** The content of a message as blocks of text and images. */
export function anthropicContent(
  content: string | ContentPart[],
  path: string,
  refusals: Refusals,
): object[] {
  return partsOf(content).flatMap((part, index) => {
    const at = `${path}/${index}`
    return part.type === 'image_url'
      ? [imageBlock(part, at, refusals)]
      : textBlocks(part, at, refusals)
  })
}

/** The content of a message that can hold nothing but text. */
export function anthropicText(
  content: string | ContentPart[],
  path: string,
  refusals: Refusals,
): object[] {
  return partsOf(content).flatMap((part, index) => textBlocks(part, `${path}/${index}`, refusals))
}

function partsOf(content: string | ContentPart[]): ContentPart[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

/** The API refuses empty text. */
function textBlocks(part: ContentPart, path: string, refusals: Refusals): object[] {
  if (part.type === 'refusal') return [{ type: 'text', text: part.refusal }]
  if (part.type !== 'text') {
    refusals.refuse(path, 'a part of this type cannot be given to the model asked for')
    return []
  }
  refusals.refuseUnknown(part, TEXT_FIELDS, path)
  return part.text === '' ? [] : [{ type: 'text', text: part.text, ...cacheControl(part) }]
}

function imageBlock(part: Part<'image_url'>, path: string, refusals: Refusals): object {
  refusals.refuseUnknown(part, IMAGE_FIELDS, path)
  refusals.refuseUnknown(part.image_url, URL_FIELDS, `${path}/image_url`)
  const { url, detail } = part.image_url
  if ((detail ?? 'auto') !== 'auto') refusals.refuse(`${path}/image_url/detail`)
  return { type: 'image', source: imageSource(url, path, refusals), ...cacheControl(part) }
}

function imageSource(url: string, path: string, refusals: Refusals): object {
  const [, media_type, data] = DATA_URL.exec(url) ?? []
  if (data !== undefined) return { type: 'base64', media_type, data }
  if (!/^https?:\/\//i.test(url)) {
    refusals.refuse(`${path}/image_url/url`, 'expected an http(s) URL or a base64 data URL')
  }
  return { type: 'url', url }
}

function cacheControl(part: object): object {
  return 'cache_control' in part ? { cache_control: part.cache_control } : {}
}
