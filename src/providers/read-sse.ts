import { LineReader } from './read-lines.ts'

/**
 * Reads server-sent events for their data: comments, names and ids are skipped, several data lines
 * make one event. An event at the very end counts without its blank line, as some servers leave it out.
 */
export class SseReader {
  readonly #lines = new LineReader((line) => this.#take(line))
  readonly #onData: (data: string) => void
  #data: string | null = null

  constructor(onData: (data: string) => void) {
    this.#onData = onData
  }

  push(bytes: Uint8Array): void {
    this.#lines.push(bytes)
  }

  end(): void {
    this.#lines.end()
    this.#dispatch()
  }

  #take(line: string): void {
    if (line === '') return this.#dispatch()
    if (!line.startsWith('data')) return
    const value = dataOf(line)
    if (value === null) return
    this.#data = this.#data === null ? value : `${this.#data}\n${value}`
  }

  #dispatch(): void {
    const data = this.#data
    this.#data = null
    if (data) this.#onData(data)
  }
}

/** The value of a `data` field, without the one space that may lead it; null for another field. */
function dataOf(line: string): string | null {
  if (line === 'data') return ''
  if (line[4] !== ':') return null
  return line.slice(line[5] === ' ' ? 6 : 5)
}
