const CARRIAGE_RETURN = 13
const SPACE = 32

/**
 * Reads server-sent events for their data, whatever the network reads cut apart: a character, a CRLF, a line.
 *
 * Comments, names and ids are skipped, several data lines make one event. An event at the very end counts without its
 * blank line, as some servers leave it out. A line is as long as the provider makes it; the byte cap of the body bounds it.
 */
export class SseReader {
  readonly #decoder = new TextDecoder()
  readonly #onData: (data: string) => void
  /** What stands after the last line end. */
  #rest = ''
  #data: string | null = null

  constructor(onData: (data: string) => void) {
    this.#onData = onData
  }

  push(bytes: Uint8Array): void {
    this.#takeLines(this.#decoder.decode(bytes, { stream: true }))
  }

  /** No more reads: the last line and the last event count as they are. */
  end(): void {
    this.#takeLines(`${this.#decoder.decode()}\n`)
    this.#dispatch()
  }

  #takeLines(read: string): void {
    const firstEnd = read.indexOf('\n')
    // Not joined before a line ends: a long line in many reads would be copied with each of them.
    if (firstEnd < 0) {
      this.#rest += read
      return
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
  #takeLine(text: string, start: number, lineEnd: number): void {
    const end = text.charCodeAt(lineEnd - 1) === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd
    if (end <= start) return this.#dispatch()
    if (!text.startsWith('data', start)) return
    const colon = start + 4
    if (colon < end && text[colon] !== ':') return
    const value = text.slice(text.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1, end)
    this.#data = this.#data === null ? value : `${this.#data}\n${value}`
  }

  #dispatch(): void {
    const data = this.#data
    this.#data = null
    if (data) this.#onData(data)
  }
}
