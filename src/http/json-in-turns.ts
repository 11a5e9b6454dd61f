import { nextTurn } from '../next-turn.ts'
import { partEnd, startsEscaped } from './json-escapes.ts'

/** The value of JSON text. @throws SyntaxError */
export type ParseJson = (text: string) => unknown

/** Characters that are read at once, and parsed at once up to twice as many: milliseconds, whatever they are. */
const PIECE = 262_144

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/**
 * What `parse` makes of the text, with turns for everybody else in between: long lists and objects are parsed some
 * members at a time, long strings in parts. Nothing is parsed twice, however deep it is nested.
 *
 * @param piece characters that are read at once
 * @throws SyntaxError for what `parse` does not take, and for a name of a field that is longer than a piece
 */
export async function parseInTurns(
  text: string,
  parse: ParseJson,
  piece = PIECE,
): Promise<unknown> {
  const reading = new Reading(text, parse, piece)
  while (!reading.step()) await nextTurn()
  return reading.result()
}

/** A list or object that has begun. */
interface Frame {
  isList: boolean
  start: number
  /** Where the members begin that are not parsed yet. */
  from: number
  /** Where the latest member begins, and its colon stands; -1 before the colon. */
  member: number
  colon: number
  /** The members parsed so far; undefined while there was no need to. */
  value: unknown[] | Record<string, unknown> | undefined
  /** The latest member was long and is parsed: only a comma or the end may follow. */
  isComplete: boolean
}

/** Follows the brackets, commas and strings of a text, and has `parse` judge all the rest. */
class Reading {
  readonly #text: string
  readonly #parse: ParseJson
  readonly #piece: number
  readonly #frames: Frame[] = []
  #at = 0
  /** Where the string under way begins; -1 outside of strings. */
  #string = -1
  /** The parts of a long string, and where the rest of it begins. */
  #parts: string[] = []
  #rest = 0
  #root: { value: unknown; start: number; end: number } | undefined

  constructor(text: string, parse: ParseJson, piece: number) {
    this.#text = text
    this.#parse = parse
    this.#piece = piece
  }

  /** Reads a piece. @returns whether the end is reached */
  step(): boolean {
    const until = Math.min(this.#at + this.#piece, this.#text.length)
    while (this.#at < until) {
      if (this.#string === -1) this.#throughValues(until)
      else this.#throughString(until)
    }
    return this.#at === this.#text.length
  }

  result(): unknown {
    if (this.#frames.length > 0 || this.#string !== -1) throw malformed()
    // Without anything long in it, it is parsed as it is.
    if (!this.#root) return this.#parse(this.#text)
    this.#expectBlank(0, this.#root.start)
    this.#expectBlank(this.#root.end, this.#text.length)
    return this.#root.value
  }

  #throughValues(until: number): void {
    while (this.#at < until && this.#string === -1) {
      const at = this.#at++
      const code = this.#text.charCodeAt(at)
      if (code === QUOTE) this.#string = this.#rest = at + 1
      else if (code === COMMA) this.#comma(at)
      else if (code === COLON) this.#innermost().colon = at
      else if (code === OPEN_LIST || code === OPEN_OBJECT) this.#open(at, code === OPEN_LIST)
      else if (code === CLOSE_LIST || code === CLOSE_OBJECT) this.#close(at, code === CLOSE_LIST)
    }
  }

  #throughString(until: number): void {
    const text = this.#text
    for (; this.#at < until; this.#at++) {
      if (text.charCodeAt(this.#at) !== QUOTE || startsEscaped(text, this.#at, this.#rest)) continue
      return this.#endString(this.#at++)
    }
    if (until - this.#rest >= this.#piece) this.#takePart(partEnd(text, until, this.#rest))
  }

  #takePart(end: number): void {
    this.#parts.push(JSON.parse(`"${this.#text.slice(this.#rest, end)}"`) as string)
    this.#rest = end
  }

  #endString(end: number): void {
    const start = this.#string - 1
    this.#string = -1
    if (this.#parts.length === 0) return
    this.#takePart(end)
    const value = this.#parts.join('')
    this.#parts = []
    this.#add(value, start, end + 1)
  }

  #open(start: number, isList: boolean): void {
    const from = start + 1
    this.#frames.push({
      isList,
      start,
      from,
      member: from,
      colon: -1,
      value: undefined,
      isComplete: false,
    })
  }

  #comma(at: number): void {
    const frame = this.#innermost()
    if (frame.isComplete || at - frame.from > this.#piece) this.#parseMembers(frame, at)
    frame.member = at + 1
    frame.colon = -1
  }

  #close(at: number, isList: boolean): void {
    const frame = this.#innermost()
    this.#frames.pop()
    if (frame.isList !== isList) throw malformed()
    if (!frame.value && at - frame.start <= this.#piece) return
    const isEmpty = !frame.value && isBlank(this.#text.slice(frame.from, at))
    if (!isEmpty) this.#parseMembers(frame, at)
    this.#add(frame.value ?? (isList ? [] : {}), frame.start, at + 1)
  }

  /** What follows the last parsed member, up to a comma or the end. */
  #parseMembers(frame: Frame, end: number): void {
    const { from } = frame
    frame.from = end + 1
    if (frame.isComplete) {
      frame.isComplete = false
      this.#expectBlank(from, end)
      return
    }
    const members = this.#text.slice(from, end)
    if (isBlank(members)) throw malformed()
    if (frame.isList) {
      const list = this.#parse(`[${members}]`) as unknown[]
      for (const member of list) put(frame, '', member)
    } else {
      const object = this.#parse(`{${members}}`) as Record<string, unknown>
      for (const name of Object.keys(object)) put(frame, name, object[name])
    }
  }

  /** A long value goes where it belongs, after the members before it. */
  #add(value: unknown, start: number, end: number): void {
    const frame = this.#frames.at(-1)
    if (!frame) {
      if (this.#root) throw malformed()
      this.#root = { value, start, end }
      return
    }
    if (frame.isComplete) throw malformed()
    if (frame.member > frame.from) this.#parseMembers(frame, frame.member - 1)
    put(frame, this.#nameBefore(frame, start), value)
    frame.from = end
    frame.isComplete = true
  }

  /** The name of the member whose value begins there; none in a list. */
  #nameBefore({ isList, member, colon }: Frame, start: number): string {
    if (isList) {
      this.#expectBlank(member, start)
      return ''
    }
    // A name that is a long string itself has no colon before it.
    if (colon === -1) throw malformed()
    this.#expectBlank(colon + 1, start)
    const name = JSON.parse(this.#text.slice(member, colon)) as unknown
    if (typeof name !== 'string') throw malformed()
    return name
  }

  #innermost(): Frame {
    const frame = this.#frames.at(-1)
    if (!frame) throw malformed()
    return frame
  }

  #expectBlank(from: number, to: number): void {
    if (!isBlank(this.#text.slice(from, to))) throw malformed()
  }
}

function put(frame: Frame, name: string, value: unknown): void {
  if (frame.isList) {
    const list = (frame.value ??= []) as unknown[]
    list.push(value)
    return
  }
  // As parsing does it: `__proto__` is a name like any other.
  Object.defineProperty((frame.value ??= {}), name, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  })
}

/** JSON's blanks, which are fewer than those of `trim`. */
function isBlank(text: string): boolean {
  return /^[ \t\n\r]*$/.test(text)
}

function malformed(): SyntaxError {
  return new SyntaxError('This is not JSON.')
}
