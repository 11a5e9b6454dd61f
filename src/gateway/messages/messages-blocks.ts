import type { Refusals } from '../anthropic-refusals.ts'
import type { ContentPart } from '../form/chat-format.ts'
import { Base64Source, ImageBlock, TextBlock, UrlSource } from './messages-schema.ts'

/** A content block and where it stands in the request. */
export interface BlockAt {
  block: Record<string, unknown>
  path: string
}

/** `citations` of earlier answers point into documents of Anthropic's; `cache_control` does not change the answer. */
const TEXT_FIELDS = new Set(['type', 'text', 'cache_control', 'citations'])
const IMAGE_FIELDS = new Set(['type', 'source', 'cache_control'])

/** Content as blocks: a plain string is one block of text. */
export function blocksAt(content: string | { type: string }[], path: string): BlockAt[] {
  if (typeof content === 'string') return [{ block: { type: 'text', text: content }, path }]
  return content.map((block, index) => ({ block: { ...block }, path: `${path}/${index}` }))
}

/** Blocks that hold what a model thought. */
export function isThinking(block: Record<string, unknown>): boolean {
  return block['type'] === 'thinking' || block['type'] === 'redacted_thinking'
}

/** The text of blocks in a place where nothing else can be said. */
export function textOfBlocks(blocks: BlockAt[], separator: string, refusals: Refusals): string {
  return blocks.flatMap((at) => textOf(at, refusals)).join(separator)
}

/** What a user says: one text when there is nothing else, for many servers take no lists; otherwise parts. */
export function userContent(blocks: BlockAt[], refusals: Refusals): string | ContentPart[] {
  if (!blocks.some(({ block }) => block['type'] === 'image')) {
    return textOfBlocks(blocks, '\n\n', refusals)
  }
  return blocks.flatMap((at): ContentPart[] => {
    if (at.block['type'] === 'image') return imageParts(at, refusals)
    return textOf(at, refusals).map((text) => ({ type: 'text', text }))
  })
}

function textOf({ block, path }: BlockAt, refusals: Refusals): string[] {
  if (block['type'] !== 'text') {
    refusals.refuse(path, 'a block of this type cannot be given to the model asked for')
    return []
  }
  refusals.refuseUnknown(block, TEXT_FIELDS, path)
  const shaped = refusals.check(TextBlock, block, path)
  return shaped ? [shaped.text] : []
}

function imageParts({ block, path }: BlockAt, refusals: Refusals): ContentPart[] {
  refusals.refuseUnknown(block, IMAGE_FIELDS, path)
  const image = refusals.check(ImageBlock, block, path)
  const url = image && imageUrl(image.source, `${path}/source`, refusals)
  return url === undefined ? [] : [{ type: 'image_url', image_url: { url } }]
}

function imageUrl(source: { type: string }, path: string, refusals: Refusals): string | undefined {
  if (source.type === 'url') return refusals.check(UrlSource, source, path)?.url
  if (source.type === 'base64') {
    const inline = refusals.check(Base64Source, source, path)
    return inline && `data:${inline.media_type};base64,${inline.data}`
  }
  refusals.refuse(`${path}/type`)
  return undefined
}
