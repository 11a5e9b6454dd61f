/** The beginning of a text that may be too long to show, with `…` for what is left out; no character is cut in two. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** A path that somebody else wrote, as a log line or an answer shows it: the rest of 16 KiB says no more. */
export function shownPath(path: string): string {
  return shorten(path, 300)
}
