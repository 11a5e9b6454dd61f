import { AresError } from '../errors.ts'

/** Seconds until a refused caller may try again: bodies are done with all the time. */
const RETRY_S = 1

/** The bodies of all requests that have no answer yet, in bytes. Source: contract 3.11. */
export class BodiesInFlight {
  readonly #maxBytes: number
  #bytes = 0

  /** @param maxBytes `server.max_bodies_in_flight_bytes` */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** @throws AresError `overloaded` */
  take(bytes: number): void {
    if (this.#bytes + bytes > this.#maxBytes) {
      throw new AresError(
        'overloaded',
        'The bodies of the requests under way are too large together; try again shortly.',
        { retryAfterS: RETRY_S },
      )
    }
    this.#bytes += bytes
  }

  giveBack(bytes: number): void {
    this.#bytes -= bytes
  }
}

/** What one request has of them. It is what has arrived: announcing a large body holds nobody up. */
export class BodyShare {
  readonly #bodies: BodiesInFlight
  #bytes = 0

  constructor(bodies: BodiesInFlight) {
    this.#bodies = bodies
  }

  /** @throws AresError `overloaded` */
  grow(bytes: number): void {
    this.#bodies.take(bytes)
    this.#bytes += bytes
  }

  /** When the request is answered or given up; more than once does no harm. */
  release(): void {
    this.#bodies.giveBack(this.#bytes)
    this.#bytes = 0
  }
}
