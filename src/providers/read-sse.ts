import { GrowingText } from '../growing-text.ts'
import { eventTooLarge } from './call-failure.ts'

const SPACE = 32

/**
 * Reads server-sent events for their data, whatever the network reads cut apart: a character, a CRLF, a line.
 *
 * Comments, names and ids are skipped, several data lines make one event. An event at the very end counts without its
 * blank line, as some servers leave it out. However it is cut into reads and lines, nothing of an event is looked at twice.
 */
export class SseReader {
  readonly #decoder = new TextDecoder()
  readonly #onData: (data: string) => void
  readonly #maxCharacters: number
  /** What stands after the last line end. */
  #rest = ''
  /** Characters of the lines since the last event. */
  #size = 0
  #data: string | null = null
  #afterReturn = false
  /** The data lines after the first. */
  #more: GrowingText | null = null

  /** @param maxCharacters what an event may have, its comments included */
  constructor(onData: (data: string) => void, maxCharacters = Infinity) {
    this.#onData = onData
    this.#maxCharacters = maxCharacters
  }

  /** @throws CallFailure `too_large` for an event beyond the limit, and what `onData` throws */
  push(bytes: Uint8Array): void {
    this.#takeLines(this.#withLineFeeds(this.#decoder.decode(bytes, { stream: true })))
  }

  /** No more reads: the last line and the last event count as they are. */
  end(): void {
    this.#takeLines(this.#withLineFeeds(`${this.#decoder.decode()}\n`))
    this.#dispatch()
  }

  /** The same with every kind of line end as a line feed: some servers write carriage returns, alone or before it. */
  #withLineFeeds(read: string): string {
    if (read === '') return read
    // A carriage return at the end of the last read has ended its line already.
    const text = this.#afterReturn && read.startsWith('\n') ? read.slice(1) : read
    this.#afterReturn = read.endsWith('\r')
    return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
  }

  #takeLines(read: string): void {
    const firstEnd = read.indexOf('\n')
    // Not joined before a line ends: a long line in many reads would be copied with each of them.
    if (firstEnd < 0) {
      this.#rest += read
      return this.#hold(this.#rest.length)
    }
    const text = this.#rest + read
    let start = 0
    for (
      let end = this.#rest.length + firstEnd;
      end >= 0;
      start = end + 1, end = text.indexOf('\n', start)
    ) {
      this.#takeLine(text, start, end)
    }
    this.#rest = text.slice(start)
  }

  /** Takes a line where it stands in the text: only its value is cut out. */
  #takeLine(text: string, start: number, end: number): void {
    if (end <= start) return this.#dispatch()
    this.#hold(end + 1 - start)
    this.#size += end + 1 - start
    if (!text.startsWith('data', start)) return
    const colon = start + 4
    if (colon < end && text[colon] !== ':') return
    this.#add(text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end))
  }

  #add(line: string): void {
    if (this.#data === null) {
      this.#data = line
      return
    }
    this.#more ??= new GrowingText()
    this.#more.add(`\n${line}`)
  }

  /** Whether so much more fits into the event. */
  #hold(characters: number): void {
    if (this.#size + characters > this.#maxCharacters) throw eventTooLarge(this.#maxCharacters)
  }

  #dispatch(): void {
    const data = this.#more === null ? this.#data : `${this.#data}${this.#more.toString()}`
    this.#data = null
    this.#more = null
    this.#size = 0
    if (data) this.#onData(data)
  }
}
