const encoder = new TextEncoder()

/** As much of a text as fits into so many bytes of UTF-8; no character is cut. */
export function firstBytes(text: string, bytes: number): string {
  if (text.length * 3 <= bytes) return text
  const { read } = encoder.encodeInto(text.slice(0, bytes), new Uint8Array(bytes))
  return text.slice(0, read)
}
