const LAST_CHUNK = '\r\n0\r\n\r\n'

/** One HTTP/1.1 answer as it comes in. The answers of this bench are ASCII, and none follows before the next request. */
export class Answer {
  readonly #parts: string[] = []
  #received = 0
  #tail = ''
  /** Head and body; null when the body comes in chunks, undefined before the head is here. */
  #length: number | null | undefined

  get text(): string {
    return this.#parts.join('')
  }

  /** True when it is whole. */
  add(bytes: Buffer): boolean {
    const part = bytes.toString('latin1')
    this.#parts.push(part)
    this.#received += part.length
    this.#tail = (this.#tail + part).slice(-LAST_CHUNK.length)
    if (this.#length === undefined) this.#length = lengthOf(this.text)
    if (this.#length === undefined) return false
    return this.#length === null ? this.#tail === LAST_CHUNK : this.#received >= this.#length
  }

  isGood(expects: string): boolean {
    const { text } = this
    return text.startsWith('HTTP/1.1 200') && text.includes(expects)
  }
}

function lengthOf(text: string): number | null | undefined {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return undefined
  const body = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]
  return body === undefined ? null : head + 4 + Number(body)
}
