import { connect, type Socket } from 'node:net'
import { type UpstreamCall, UpstreamFault } from '../upstream.ts'
import type { Address } from './address.ts'
import { codeOf } from './connection.ts'

interface Waiting {
  resolve: () => void
  reject: (reason: Error) => void
}

/**
 * Asks whether an address takes connections, with one that can be called off.
 *
 * An attempt of `Bun.connect` cannot: where an address swallows it, it holds a descriptor for two minutes. So once one
 * has been given up unheard, callers wait for one scout between them before they connect themselves.
 */
export class Scout {
  readonly #address: Address
  readonly #waiting = new Set<Waiting>()
  #socket: Socket | null = null

  constructor(address: Address) {
    this.#address = address
  }

  /** Resolves once a connection stood. @throws UpstreamFault `unreachable`, or why the call was stopped */
  wait(call: UpstreamCall): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiting = { resolve, reject }
    this.#waiting.add(waiting)
    call.onStopped = () => {
      this.#waiting.delete(waiting)
      if (this.#waiting.size === 0) this.#callOff()
      reject(call.stopped!)
    }
    this.#socket ??= this.#send()
    return promise
  }

  #send(): Socket {
    const socket = connect(this.#address.port, this.#address.host)
    socket.once('connect', () => this.#tell(({ resolve }) => resolve()))
    socket.once('error', (error) =>
      this.#tell(({ reject }) => reject(new UpstreamFault('unreachable', codeOf(error)))),
    )
    return socket
  }

  #tell(each: (waiting: Waiting) => void): void {
    this.#callOff()
    for (const waiting of this.#waiting) each(waiting)
    this.#waiting.clear()
  }

  #callOff(): void {
    this.#socket?.destroy()
    this.#socket = null
  }
}
