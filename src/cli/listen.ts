import type { Server } from 'bun'
import { readFileSync } from 'node:fs'
import type { ServerConfig } from '../config/config.ts'
import type { AresServer } from '../deps.ts'
import type { Connection } from '../http/admission.ts'
import { ExpectedFailure } from '../expected-failure.ts'

/**
 * For the head of a request and a small body, and between two parts of a larger one. Requests whose body is in have
 * deadlines of their own.
 */
const IDLE_TIMEOUT_S = 30

/**
 * For a client of a stream to take something. Heartbeats are written all the time, so that only those that wait for
 * nothing but the client count; without a limit its connection, and what it was told, would stay for ever.
 */
const UNTAKEN_S = 60

/** An open port. */
export interface Listener {
  url: string
  stop(closeConnections: boolean): Promise<void>
}

/** Opens the port. @throws ExpectedFailure */
export function listen(
  ares: AresServer,
  { host, port, tls }: Pick<ServerConfig, 'host' | 'port' | 'tls'>,
): Listener {
  try {
    const server = Bun.serve({
      hostname: host,
      port,
      // With it, a second process would silently share the port.
      reusePort: false,
      development: false,
      idleTimeout: IDLE_TIMEOUT_S,
      // Ours is smaller and answers with a body; Bun would not.
      maxRequestBodySize: Number.MAX_SAFE_INTEGER,
      ...(tls && { tls: { cert: readPem(tls.cert), key: readPem(tls.key) } }),
      fetch: (request, socket) => ares.handle(request, new SocketConnection(socket, request)),
    })
    const shown = host.includes(':') ? `[${host}]` : host
    const url = `${tls ? 'https' : 'http'}://${shown}:${server.port}`
    return { url, stop: (closeConnections) => server.stop(closeConnections) }
  } catch (error) {
    if (error instanceof ExpectedFailure) throw error
    throw new ExpectedFailure(listeningProblem(error, host, port))
  }
}

class SocketConnection implements Connection {
  readonly #server: Server<undefined>
  readonly #request: Request

  constructor(server: Server<undefined>, request: Request) {
    this.#server = server
    this.#request = request
  }

  get address(): string {
    return this.#server.requestIP(this.#request)?.address ?? ''
  }

  stillReading(): void {
    this.#server.timeout(this.#request, IDLE_TIMEOUT_S)
  }

  holdOpen(): void {
    this.#server.timeout(this.#request, 0)
  }

  beginStream(): void {
    this.#server.timeout(this.#request, UNTAKEN_S)
  }
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new ExpectedFailure(`The TLS file ${path} cannot be read.`)
  }
}

function listeningProblem(error: unknown, host: string, port: number): string {
  const { code = '', message } = error as { code?: string; message: string }
  if (code === 'EADDRINUSE') {
    return `The port ${port} on ${host} is in use: stop the program that has it, or choose another with --port (0 takes a free one).`
  }
  if (code === 'EACCES') {
    return `This user may not listen on port ${port}: choose one from 1024 on with --port, or allow it (CAP_NET_BIND_SERVICE).`
  }
  if (code === 'EADDRNOTAVAIL') {
    return `No interface of this machine has the address ${host}: set host to one that it has, or to 0.0.0.0 for all.`
  }
  if (code === 'ENOENT' || code === 'ENOTFOUND') {
    return `The host name ${host} is not known here: set host to an address of this machine, or to 0.0.0.0 for all.`
  }
  return `Cannot listen on ${host}:${port}: ${message.split('\n')[0]}`
}
