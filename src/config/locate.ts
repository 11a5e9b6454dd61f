import { parse } from 'smol-toml'
import type { KeyPath } from './finding.ts'

/** A place in a text: both from 1, columns in UTF-16 units. */
export interface Position {
  line: number
  column: number
}

/** Where the keys of one TOML text stand. */
export interface KeyPositions {
  /** The key itself, or the nearest table around it that the text spells out; null when not even that is there. */
  find(path: KeyPath): Position | null
  /** Whether the text itself has a key of this name, at any depth. */
  mentions(key: string): boolean
}

/**
 * Finds every key of a TOML text: headers, dotted and quoted keys, inline tables, elements of arrays.
 *
 * The text should have passed the TOML parser, which gives no positions for what it accepts. On any
 * other text the answer is incomplete, but there is one.
 */
export function locateKeys(text: string): KeyPositions {
  const offsets = new TomlScanner(text).scan()
  return {
    find(path) {
      for (let length = path.length; length > 0; length--) {
        const offset = offsets.get(pathId(path.slice(0, length)))
        if (offset !== undefined) return positionAt(text, offset)
      }
      return null
    },
    mentions: (key) => [...offsets.keys()].some((id) => id.endsWith(`${JSON.stringify(key)}]`)),
  }
}

function pathId(path: KeyPath): string {
  return JSON.stringify(path)
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n')
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 }
}

const BARE_KEY = /[A-Za-z0-9_-]+/y
const END_OF_LINE = /[^\n]*/y
/** Bare values hold none of these: a number, a boolean, a date. */
const BARE_VALUE = /[^,\]}#\n]*/y
const SPACES = /[ \t]*/y
/** Blank space, line ends and comments, as they may stand between keys and inside arrays. */
const VOID = /(?:\s+|#[^\n]*)*/y
const STRINGS = [
  /"""(?:[^"\\]+|\\[^]|"{1,2}(?!"))*"{3,5}/y,
  /'''(?:[^']+|'{1,2}(?!'))*'{3,5}/y,
  /"(?:[^"\\\n]+|\\.)*"/y,
  /'[^'\n]*'/y,
]

/** Walks through a TOML text once, noting the offset at which each key path first appears. */
class TomlScanner {
  private at = 0
  private readonly offsets = new Map<string, number>()
  /** How many elements each array of tables has so far. */
  private readonly elements = new Map<string, number>()

  constructor(private readonly text: string) {}

  scan(): Map<string, number> {
    if (this.text.startsWith('\uFEFF')) this.at = 1
    let table: KeyPath = []
    for (this.skip(VOID); this.at < this.text.length; this.skip(VOID)) {
      const before = this.at
      if (this.text[this.at] === '[') table = this.readHeader()
      else this.readKeyValue(table)
      if (this.at === before) this.skip(END_OF_LINE)
    }
    return this.offsets
  }

  /** `[a.b]` or `[[a.b]]`; answers the path of the table that the lines below it fill. */
  private readHeader(): KeyPath {
    const start = this.at
    const isElement = this.text.startsWith('[[', this.at)
    this.at += isElement ? 2 : 1
    const keys = this.readKey()
    this.skip(END_OF_LINE)

    let path: KeyPath = []
    keys.forEach((key, index) => {
      path = [...path, key]
      this.note(path, start)
      const opensElement = isElement && index === keys.length - 1
      const element = this.elementOf(path, opensElement)
      if (element === null) return
      path = [...path, element]
      this.note(path, start)
    })
    return path
  }

  /** The element of an array of tables that a header means: a new one, or the latest; null for plain tables. */
  private elementOf(path: KeyPath, opensElement: boolean): number | null {
    const id = pathId(path)
    const count = this.elements.get(id)
    if (opensElement) this.elements.set(id, (count ?? 0) + 1)
    if (opensElement) return count ?? 0
    return count === undefined ? null : count - 1
  }

  private readKeyValue(table: KeyPath): void {
    const start = this.at
    const keys = this.readKey()
    keys.forEach((_, index) => this.note([...table, ...keys.slice(0, index + 1)], start))
    if (this.text[this.at] !== '=') return
    this.at++
    this.skip(SPACES)
    this.readValue([...table, ...keys])
  }

  /** The parts of a dotted key; leaves the cursor at what follows it. */
  private readKey(): string[] {
    const keys: string[] = []
    do {
      this.skip(SPACES)
      const quoted = this.skipString()
      const key = quoted === '' ? this.skip(BARE_KEY) : unquote(quoted)
      if (key === '' && quoted === '') break
      keys.push(key)
      this.skip(SPACES)
    } while (this.text[this.at] === '.' && this.at++ < this.text.length)
    return keys
  }

  private readValue(path: KeyPath): void {
    if (this.text[this.at] === '[') return this.readArray(path)
    if (this.text[this.at] === '{') return this.readInlineTable(path)
    if (this.skipString() === '') this.skip(BARE_VALUE)
  }

  private readArray(path: KeyPath): void {
    this.readItems(']', (index) => {
      const element = [...path, index]
      this.note(element, this.at)
      this.readValue(element)
    })
  }

  private readInlineTable(path: KeyPath): void {
    this.readItems('}', () => this.readKeyValue(path))
  }

  /** What stands between brackets, comma by comma; stops where the text is no TOML. */
  private readItems(close: string, readItem: (index: number) => void): void {
    this.at++
    for (let index = 0; this.at < this.text.length; index++) {
      this.skip(VOID)
      if (this.text[this.at] !== close) readItem(index)
      this.skip(VOID)
      const next = this.text[this.at]
      if (next === close || next === ',') this.at++
      if (next !== ',') return
    }
  }

  private note(path: KeyPath, offset: number): void {
    const id = pathId(path)
    if (!this.offsets.has(id)) this.offsets.set(id, offset)
  }

  private skipString(): string {
    for (const pattern of STRINGS) {
      const found = this.skip(pattern)
      if (found !== '') return found
    }
    return ''
  }

  /** Moves past a match at the cursor and answers it; empty when there is none. */
  private skip(pattern: RegExp): string {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0] ?? ''
    this.at += found.length
    return found
  }
}

/** A quoted key without its quotes and escapes, read by the parser that knows them all. */
function unquote(quoted: string): string {
  try {
    return Object.keys(parse(`${quoted} = 0`))[0] ?? ''
  } catch {
    return quoted
  }
}
