import { UpstreamFault } from '../upstream.ts'

/** Of a head, from the status line to the blank line. Large ones carry cookies and policies of a proxy. */
export const MAX_HEAD_BYTES = 64 * 1024

/** What is asked of heads; nothing else is taken out of them. */
const NAMES = [
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'retry-after',
] as const

export type FieldName = (typeof NAMES)[number]

/** No control character but the tab: no NUL, no line folded into the next, no lone CR or LF. */
const VALUE = String.raw`[\t\x20-\x7e\x80-\xff]`
const STATUS_LINE = String.raw`HTTP/1\.([01]) ([1-5]\d\d)(?: ${VALUE}*)?`
const FIELD = String.raw`\r\n[!#$%&'*+.^_\x60|~0-9A-Za-z-]+:${VALUE}{0,16384}`

/** A whole head, with at most 200 fields. One expression costs less than a look at each line. */
const HEAD = new RegExp(`^${STATUS_LINE}(?:${FIELD}){0,200}$`)
const NAMED = new RegExp(String.raw`\r\n(${NAMES.join('|')}):[\t ]*([^\r]*)`, 'gi')

/** The head of an answer. Source: RFC 9112, sections 2 to 6. */
export class Head {
  private constructor(
    readonly status: number,
    /** Of HTTP/1. */
    readonly minorVersion: number,
    private readonly fields: ReadonlyMap<string, string>,
  ) {}

  /**
   * @param text from the status line on, without the blank line, a character a byte
   * @throws UpstreamFault `unreadable`
   */
  static parse(text: string): Head {
    const head = HEAD.exec(text)
    if (head === null) throw new UpstreamFault('unreadable', 'bad_head')
    const fields = new Map<string, string>()
    for (const [, name = '', value = ''] of text.matchAll(NAMED)) {
      const key = name.toLowerCase()
      const before = fields.get(key)
      fields.set(key, before === undefined ? value.trimEnd() : `${before}, ${value.trimEnd()}`)
    }
    return new Head(Number(head[2]), Number(head[1]), fields)
  }

  /** All values of a name, joined with commas; null without one. */
  get(name: FieldName): string | null {
    return this.fields.get(name) ?? null
  }

  /** It says that more is to follow, and is no answer yet: 100, 102, 103. */
  get isInformational(): boolean {
    return this.status < 200
  }

  /** How long the server keeps the connection, in ms: 0 when it closes it, Infinity when it does not say. */
  get keepMs(): number {
    const isKept = this.minorVersion === 1 || this.#connectionSays('keep-alive')
    if (!isKept || this.#connectionSays('close')) return 0
    const seconds = /\btimeout=(\d{1,6})\b/.exec(this.get('keep-alive') ?? '')?.[1]
    return seconds === undefined ? Infinity : Number(seconds) * 1000
  }

  #connectionSays(word: string): boolean {
    const options = this.get('connection')
    if (options === null) return false
    return options.split(',').some((option) => option.trim().toLowerCase() === word)
  }
}
