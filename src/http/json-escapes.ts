const BACKSLASH = 0x5c
const LETTER_U = 0x75

/** Whether the character there belongs to the escape of a backslash before it. @param from where no escape is under way */
export function startsEscaped(text: string, place: number, from: number): boolean {
  let backslashes = 0
  while (place - 1 - backslashes >= from && text.charCodeAt(place - 1 - backslashes) === BACKSLASH)
    backslashes++
  return backslashes % 2 === 1
}

/** Where a string may be cut at the latest, so that no escape is torn apart. */
export function partEnd(text: string, until: number, from: number): number {
  // `\u00e9` has six characters, every other escape two.
  for (let start = until - 1; start >= until - 5 && start >= from; start--) {
    if (text.charCodeAt(start) !== BACKSLASH || startsEscaped(text, start, from)) continue
    const isLong = start === until - 1 || text.charCodeAt(start + 1) === LETTER_U
    return isLong ? start : until
  }
  return until
}
