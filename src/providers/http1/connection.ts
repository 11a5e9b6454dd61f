import type { Socket } from 'bun'
import { Exchange, type Line } from './exchange.ts'

/** Told by a connection what becomes of it. */
export interface ConnectionOwner {
  /** It may carry another request. @param keepMs for so long, as far as the server says */
  idle(connection: Connection, keepMs: number): void
  /** It is closed; called once. */
  gone(connection: Connection): void
}

/** A connection that stands: carries one exchange after the other. */
export class Connection implements Line {
  /** Until when it may wait for another request, in ms of the owner's clock. */
  keptUntilMs = 0
  readonly #socket: Socket<unknown>
  readonly #owner: ConnectionOwner
  #exchange: Exchange | null = null
  /** What the kernel has not taken of the request. */
  #unsent: Buffer | null = null
  #carried = 0
  #isOpen = true

  constructor(socket: Socket<unknown>, owner: ConnectionOwner) {
    this.#socket = socket
    this.#owner = owner
  }

  /** Whether it has carried nothing yet. */
  get isNew(): boolean {
    return this.#carried === 0
  }

  /**
   * Sends a request.
   *
   * @param bytes its length in bytes
   * @returns what becomes of it; null when the connection had been closed before the first byte was written
   */
  carry(request: string, bytes: number): Exchange | null {
    const written = this.#isOpen ? this.#socket.write(request) : -1
    if (written < 0) return null
    if (written < bytes) this.#unsent = Buffer.from(request).subarray(written)
    this.#exchange = new Exchange(this, this.#carried++ > 0)
    return this.#exchange
  }

  /** The socket's events. */
  received(bytes: Buffer): void {
    if (this.#exchange !== null) this.#exchange.push(bytes)
    // Nothing was asked: what comes then belongs to nobody, and must not become the next answer.
    else this.destroy()
  }

  drained(): void {
    if (this.#unsent === null) return
    const written = Math.max(0, this.#socket.write(this.#unsent))
    this.#unsent = written < this.#unsent.length ? this.#unsent.subarray(written) : null
  }

  closed(error: Error | undefined): void {
    const exchange = this.#exchange
    if (this.#leave()) exchange?.close(error === undefined ? null : codeOf(error))
  }

  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  finished(keepMs: number): void {
    this.#exchange = null
    // Where the answer came before the whole request was taken, the rest would be read as the next one.
    if (this.#unsent !== null) this.destroy()
    else if (keepMs > 0) this.#owner.idle(this, keepMs)
    else this.end()
  }

  /** Closes one that is not needed any more, in an orderly way. */
  end(): void {
    if (this.#leave()) this.#socket.end()
  }

  destroy(): void {
    if (this.#leave()) this.#socket.terminate()
  }

  /** Whether it stood until now. */
  #leave(): boolean {
    if (!this.#isOpen) return false
    this.#isOpen = false
    this.#owner.gone(this)
    this.#exchange = null
    this.#unsent = null
    return true
  }
}

/** The code of an error of the runtime, which names no address. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'failed'
}
