import { UpstreamFault } from '../upstream.ts'

/** Of a head, from the status line to the blank line. Large ones carry cookies and policies of a proxy. */
export const MAX_HEAD_BYTES = 64 * 1024
/** Of one line of it. */
const MAX_LINE_BYTES = 16 * 1024
const MAX_FIELDS = 200

/** The reason may be missing, with its space. */
const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/
/** A token, a colon, a value without control characters: no NUL, no line folded into the next, no lone CR or LF. */
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/

/** The head of an answer. Source: RFC 9112, sections 2 to 6. */
export class Head {
  /** @param minorVersion of HTTP/1 */
  private constructor(
    readonly status: number,
    readonly minorVersion: number,
    /** Name in lower case and value, in turn. */
    private readonly fields: readonly string[],
  ) {}

  /**
   * @param text from the status line on, without the blank line, a character a byte
   * @throws UpstreamFault `unreadable`
   */
  static parse(text: string): Head {
    const [first = '', ...lines] = text.split('\r\n')
    const status = STATUS_LINE.exec(first)
    if (status === null) throw new UpstreamFault('unreadable', 'bad_status_line')
    if (lines.length > MAX_FIELDS) throw new UpstreamFault('unreadable', 'too_many_fields')
    const fields: string[] = []
    for (const line of lines) {
      const field = line.length > MAX_LINE_BYTES ? null : FIELD.exec(line)
      if (field === null) throw new UpstreamFault('unreadable', 'bad_field')
      fields.push(field[1]!.toLowerCase(), field[2]!.trimEnd())
    }
    return new Head(Number(status[2]), Number(status[1]), fields)
  }

  /** All values of a name, joined with commas; null without one. */
  get(name: string): string | null {
    const { fields } = this
    let value: string | null = null
    for (let at = 0; at < fields.length; at += 2) {
      if (fields[at] === name)
        value = value === null ? fields[at + 1]! : `${value}, ${fields[at + 1]}`
    }
    return value
  }

  /** Whether a list such as `Connection` has that word. */
  has(name: string, word: string): boolean {
    const value = this.get(name)
    if (value === null) return false
    return value.split(',').some((part) => part.trim().toLowerCase() === word)
  }

  /** It says that more is to follow, and is no answer yet: 100, 102, 103. */
  get isInformational(): boolean {
    return this.status < 200
  }

  /** How long the server keeps the connection, in ms: 0 when it closes it, Infinity when it does not say. */
  get keepMs(): number {
    const isKept = this.minorVersion === 1 || this.has('connection', 'keep-alive')
    if (!isKept || this.has('connection', 'close')) return 0
    const seconds = /\btimeout=(\d{1,6})\b/.exec(this.get('keep-alive') ?? '')?.[1]
    return seconds === undefined ? Infinity : Number(seconds) * 1000
  }
}
