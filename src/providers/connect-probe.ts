import { connect } from 'node:net'
import type { Clock } from '../clock.ts'

/**
 * Tells a provider that takes no connections from one that thinks for long.
 *
 * Bun's fetch does not say when it is connected. So when a call has waited for half its connect
 * deadline without response headers, and no other call has had any meanwhile, one bare TCP connection is
 * opened beside it (name resolution included, no TLS) and closed again; all waiting calls share it. If that too gets no
 * reply by the deadline, the address swallows connections and the call is given up. A refusal proves nothing
 * about a connection that already stands, so it is left to the fetch to report. Calls that are
 * answered quickly never cause a probe.
 */
export class ConnectProbe {
  readonly #clock: Clock
  readonly #host: string
  readonly #port: number
  #lastSignOfLife = -Infinity
  #running: Promise<boolean> | null = null

  constructor(url: URL, clock: Clock) {
    this.#clock = clock
    this.#host = url.hostname.replace(/^\[|\]$/g, '')
    this.#port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80)
  }

  /** Response headers have arrived: connections are being served. */
  alive(): void {
    this.#lastSignOfLife = this.#clock.monotonicMs()
  }

  /** Whether a connection gets no reply at all within that time; false when there was one since `sinceMs`. */
  async stalls(sinceMs: number, limitMs: number): Promise<boolean> {
    if (this.#lastSignOfLife >= sinceMs) return false
    this.#running ??= this.#connectionStalls(limitMs).finally(() => {
      this.#running = null
    })
    return (await this.#running) && this.#lastSignOfLife < sinceMs
  }

  #connectionStalls(limitMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const socket = connect(this.#port, this.#host)
    const timer = setTimeout(() => finish(true), limitMs)
    const finish = (stalled: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(stalled)
    }
    socket.once('connect', () => {
      this.alive()
      finish(false)
    })
    socket.on('error', () => finish(false))
    return promise
  }
}
