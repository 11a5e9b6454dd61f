/** One file of the console, compressed once. */
export interface Asset {
  /** As it stands in the address: `main-1a2b3c4d.js`; `index.html` is the page. */
  name: string
  type: string
  identity: Uint8Array<ArrayBuffer>
  gzip: Uint8Array<ArrayBuffer>
  brotli: Uint8Array<ArrayBuffer>
}

/** The name of the page among the assets. */
export const PAGE = 'index.html'

const MEDIA_TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
}

/** @throws Error for a name whose ending is none of ours */
export function mediaTypeOf(name: string): string {
  const type = MEDIA_TYPES[name.slice(name.lastIndexOf('.') + 1)]
  if (type === undefined) throw new Error(`No media type is known for ${name}.`)
  return type
}
