/**
 * Cuts network reads into lines, whatever the reads cut apart: a character, a CRLF, a line.
 *
 * Lines end with LF or CRLF and come without it. A line is as long as the provider makes it; the
 * byte cap of the body bounds it.
 */
export class LineReader {
  readonly #decoder = new TextDecoder()
  readonly #onLine: (line: string) => void
  #rest = ''

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine
  }

  push(bytes: Uint8Array): void {
    this.#split(this.#decoder.decode(bytes, { stream: true }))
  }

  /** No more reads: hands over what stands after the last line end. */
  end(): void {
    this.#split(this.#decoder.decode())
    const last = this.#rest
    this.#rest = ''
    if (last !== '') this.#onLine(withoutCr(last))
  }

  #split(text: string): void {
    let start = 0
    for (;;) {
      const end = text.indexOf('\n', start)
      if (end < 0) break
      const line = this.#rest + text.slice(start, end)
      this.#rest = ''
      start = end + 1
      this.#onLine(withoutCr(line))
    }
    this.#rest += start === 0 ? text : text.slice(start)
  }
}

function withoutCr(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line
}
