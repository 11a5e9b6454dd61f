/** An event stays under 8 KiB (contract 5.6): a character takes at most 6 bytes as JSON (`\u0000`). */
const MAX_CHARS = 1300

/** A delta in pieces that each fit one event, cut between characters. */
export function splitDelta(text: string): string[] {
  if (text.length <= MAX_CHARS) return [text]
  const pieces: string[] = []
  let start = 0
  while (start < text.length) {
    let end = Math.min(start + MAX_CHARS, text.length)
    // Not between the halves of a surrogate pair.
    if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--
    pieces.push(text.slice(start, end))
    start = end
  }
  return pieces
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}
