import type { Source } from '../../form/parts.ts'

const DATA_URL = /^data:([^;,]*)((?:;[^;,]*)*),/i

/** What an address means: the bytes themselves where it is a `data:` URL of base64, otherwise a place to fetch. */
export function sourceOf(url: string): Source {
  const head = DATA_URL.exec(url.slice(0, 300))
  if (!head || !/;base64$/i.test(head[2]!)) return { url }
  return { mediaType: mediaType(head[1]!), data: url.slice(head[0].length) }
}

/** The source as an address, for wires that know nothing else. */
export function addressOf(source: Source): string {
  return 'url' in source ? source.url : `data:${source.mediaType};base64,${source.data}`
}

/** The registered name: many clients say `image/jpg`. */
export function mediaType(given: string): string {
  const name = given.trim().toLowerCase()
  return name === 'image/jpg' ? 'image/jpeg' : name
}
