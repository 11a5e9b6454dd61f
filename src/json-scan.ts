/** Deeper JSON is refused: parsing and checking it could exhaust the stack. */
export const MAX_JSON_DEPTH = 64
/** More is refused: objects of very many keys take far longer to build than to send, and everybody waits. */
export const MAX_JSON_ITEMS = 50_000

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const MINUS = 0x2d

/** Which limit a text passes: nested too deep, or too many items in its lists and objects together. */
export type JsonExcess = 'depth' | 'items'

/** Which limit a text passes; null where none. Most texts could not pass one, and are not looked through. */
export function excessOf(text: string): JsonExcess | null {
  if (isSurelyWithin(text)) return null
  const scan = new JsonScan()
  scan.push(text)
  return scan.excess
}

/** True for a text that has fewer characters than items are allowed, and as few brackets as levels are. */
export function isSurelyWithin(text: string): boolean {
  return text.length <= MAX_JSON_ITEMS && countOf('{', text) + countOf('[', text) <= MAX_JSON_DEPTH
}

/** How often that is in the text; no further than matters. */
function countOf(bracket: string, text: string): number {
  let count = 0
  for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
    if (++count > MAX_JSON_DEPTH) break
  }
  return count
}

/** Told where a number begins outside of strings; says where it ends. */
export type OnNumber = (text: string, start: number) => number

export interface JsonScanOptions {
  onNumber?: OnNumber
  /** So many numbers in lists are not counted among the items: they cost little, and vectors are made of them. */
  freeNumbers?: number
}

/**
 * Looks through JSON text before it is parsed, piece by piece and each byte once: nesting stays within 64 levels, lists
 * and objects have at most 50,000 items together. Whether it is JSON at all, parsing says.
 */
export class JsonScan {
  excess: JsonExcess | null = null
  readonly #onNumber: OnNumber | undefined
  #freeNumbers: number
  #depth = 0
  #items = 0
  #inString = false
  /** The last piece ended with the backslash of an escape. */
  #escaped = false

  constructor({ onNumber, freeNumbers = 0 }: JsonScanOptions = {}) {
    this.#onNumber = onNumber
    this.#freeNumbers = freeNumbers
  }

  /** Whether a list or object was begun and everything that was begun has ended. */
  get closed(): boolean {
    return this.#items > 0 && this.#depth === 0 && !this.#inString
  }

  /** Looks at the next piece; nothing more once there is an excess. */
  push(piece: string): void {
    let at = 0
    while (at < piece.length && this.excess === null) {
      at = this.#inString ? this.#throughString(piece, at) : this.#throughValues(piece, at)
    }
  }

  /** @returns where the string ends, or the piece */
  #throughString(piece: string, from: number): number {
    const start = this.#escaped ? from + 1 : from
    this.#escaped = false
    let end = piece.indexOf('"', start)
    while (end !== -1 && isEscaped(piece, end, start)) end = piece.indexOf('"', end + 1)
    this.#inString = end === -1
    if (end !== -1) return end + 1
    this.#escaped = isEscaped(piece, piece.length, start)
    return piece.length
  }

  /** @returns where the next string begins, or the piece ends */
  #throughValues(piece: string, from: number): number {
    for (let at = from; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (code === QUOTE) {
        this.#inString = true
        return at + 1
      }
      if (code === COMMA) this.#countComma(piece.charCodeAt(at - 1))
      else if (code === COLON && this.#freeNumbers > 0) this.#count()
      else if (code === 0x7b || code === 0x5b) this.#begin()
      else if (code === 0x7d || code === 0x5d) this.#depth--
      else if (this.#onNumber && (code === MINUS || isDigit(code)))
        at = this.#onNumber(piece, at) - 1
      if (this.excess !== null) break
    }
    return piece.length
  }

  /** Where numbers are free the fields of objects are counted by their colons. */
  #countComma(before: number): void {
    if (this.#freeNumbers > 0 && isDigit(before)) this.#freeNumbers--
    else this.#count()
  }

  #begin(): void {
    this.#count()
    if (++this.#depth > MAX_JSON_DEPTH) this.excess ??= 'depth'
  }

  #count(): void {
    if (++this.#items > MAX_JSON_ITEMS) this.excess ??= 'items'
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** Whether an odd number of backslashes stands before that place. */
function isEscaped(text: string, place: number, from: number): boolean {
  let backslashes = 0
  while (place - 1 - backslashes >= from && text.charCodeAt(place - 1 - backslashes) === BACKSLASH)
    backslashes++
  return backslashes % 2 === 1
}
