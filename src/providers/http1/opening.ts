import type { Socket, SocketHandler } from 'bun'
import { UpstreamFault } from '../upstream.ts'
import type { Address } from './address.ts'
import { codeOf, Connection, type ConnectionOwner } from './connection.ts'

/** Whoever a socket's events are for: an opening first, then its connection. */
interface Listener {
  received(bytes: Buffer): void
  drained(): void
  closed(error: Error | undefined): void
}

/** One for all sockets: what differs hangs on `data`. */
const HANDLERS: SocketHandler<Listener> = {
  open: (socket) => openingOf(socket)?.connected(socket),
  handshake: (socket, isVerified, error) => openingOf(socket)?.shaken(socket, isVerified, error),
  data: (socket, bytes) => socket.data.received(bytes),
  drain: (socket) => socket.data.drained(),
  close: (socket, error) => socket.data.closed(error),
  error: (socket, error) => socket.data.closed(error),
  connectError: (socket, error) => socket.data.closed(error),
}

function openingOf({ data }: Socket<Listener>): Opening | null {
  return data instanceof Opening ? data : null
}

/** A connection on its way: name, TCP on whichever address answers first, TLS with the certificate verified. */
export class Opening implements Listener {
  /** @throws UpstreamFault `unreachable`, or what it was given up for */
  readonly connection: Promise<Connection>
  readonly #address: Address
  readonly #owner: ConnectionOwner
  readonly #settle = Promise.withResolvers<Connection>()
  #socket: Socket<Listener> | null = null
  #isOver = false

  constructor(address: Address, owner: ConnectionOwner) {
    this.#address = address
    this.#owner = owner
    this.connection = this.#settle.promise
    const { host: hostname, port, serverName } = address
    const tls = serverName !== null && { tls: { serverName, rejectUnauthorized: true } }
    // What it rejects with, `connectError` was told.
    Bun.connect<Listener>({ hostname, port, ...tls, data: this, socket: HANDLERS }).catch(
      () => undefined,
    )
  }

  /** Whether nothing at all has been heard of the address. */
  get hangs(): boolean {
    return this.#socket === null
  }

  /** Nobody waits any more. The runtime cannot call an attempt off, so its socket is closed once it stands. */
  giveUp(reason: Error): void {
    this.#isOver = true
    this.#settle.reject(reason)
    this.#socket?.terminate()
  }

  connected(socket: Socket<Listener>): void {
    this.#socket = socket
    if (this.#isOver) {
      socket.terminate()
      return
    }
    // Whoever waits for an answer keeps the process alive; a connection does not.
    socket.unref()
    if (this.#address.serverName === null) this.#stand(socket)
  }

  shaken(socket: Socket<Listener>, isVerified: boolean, error: Error | null): void {
    if (this.#isOver) return
    if (isVerified) this.#stand(socket)
    else this.giveUp(new UpstreamFault('unreachable', codeOf(error)))
  }

  #stand(socket: Socket<Listener>): void {
    const connection = new Connection(socket, this.#owner)
    socket.data = connection
    this.#settle.resolve(connection)
  }

  /** A server that speaks before it was asked. */
  received(): void {
    this.giveUp(new UpstreamFault('unreachable', 'spoke_first'))
  }

  drained(): void {
    // Nothing has been written.
  }

  closed(error: Error | undefined): void {
    this.giveUp(new UpstreamFault('unreachable', error === undefined ? 'closed' : codeOf(error)))
  }
}
