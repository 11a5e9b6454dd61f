import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Clock } from '../clock.ts'
import type { Way } from './way.ts'

/**
 * Tells a provider that takes no connections from one that thinks for long.
 *
 * Bun's fetch does not say when it is connected. So when a call has waited for half its connect
 * deadline without response headers, and no other call has had any meanwhile, one bare TCP connection is
 * opened beside it (name resolution included, no TLS) and closed again; all waiting calls share it. If that too gets no
 * reply by the deadline, the address swallows connections and the call is given up. A refusal proves nothing
 * about a connection that already stands, so it is left to the fetch to report. Calls that are
 * answered quickly never cause a probe. Where a proxy opens the connection, it is asked for one, and any reply of it will do.
 */
export class ConnectProbe {
  readonly #clock: Clock
  readonly #way: Way
  #lastSignOfLife = -Infinity
  #running: Promise<boolean> | null = null

  constructor(way: Way, clock: Clock) {
    this.#clock = clock
    this.#way = way
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
    const { host, port, isTls, request } = this.#way
    const socket = isTls ? connectTls({ host, port, servername: host }) : connect(port, host)
    const timer = setTimeout(() => finish(true), limitMs)
    const finish = (stalled: boolean) => {
      clearTimeout(timer)
      socket.destroy()
      resolve(stalled)
    }
    const answered = () => {
      this.alive()
      finish(false)
    }
    if (request === null) socket.once('connect', answered)
    else socket.once(isTls ? 'secureConnect' : 'connect', () => socket.write(request))
    socket.once('data', answered)
    socket.on('error', () => finish(false))
    return promise
  }
}
