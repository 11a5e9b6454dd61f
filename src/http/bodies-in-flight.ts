import type { ServerConfig } from '../config/config.ts'
import { AresError } from '../errors.ts'
import { Tally } from '../tally.ts'

export type BodyLimits = Pick<ServerConfig, 'maxBodiesInFlightBytes' | 'maxCompatibleBodyBytes'>

/** The share of all bodies that one tenant may have under way, unless a single one may be larger. */
const PARTS = 4
/** Seconds until a refused caller may try again: bodies are done with all the time. */
const RETRY_S = 1

/** The bodies of all requests that have no answer yet, in bytes. Source: contract 3.11. */
export class BodiesInFlight {
  readonly #maxBytes: number
  readonly #maxOfTenant: number
  readonly #ofTenant = new Tally()
  #bytes = 0

  constructor({ maxBodiesInFlightBytes, maxCompatibleBodyBytes }: BodyLimits) {
    this.#maxBytes = maxBodiesInFlightBytes
    this.#maxOfTenant = Math.max(maxBodiesInFlightBytes / PARTS, maxCompatibleBodyBytes)
  }

  /** @throws AresError `rate_limited` when the tenant has too much under way, `overloaded` when all have */
  take(tenantId: string, bytes: number): void {
    if (this.#ofTenant.of(tenantId) + bytes > this.#maxOfTenant)
      throw refusal('rate_limited', 'The bodies of the requests of this tenant')
    if (this.#bytes + bytes > this.#maxBytes)
      throw refusal('overloaded', 'The bodies of the requests')
    this.#bytes += bytes
    this.#ofTenant.add(tenantId, bytes)
  }

  giveBack(tenantId: string, bytes: number): void {
    this.#bytes -= bytes
    this.#ofTenant.remove(tenantId, bytes)
  }
}

function refusal(code: 'rate_limited' | 'overloaded', what: string): AresError {
  const sentence = `${what} under way are too large together; try again shortly.`
  return new AresError(code, sentence, { retryAfterS: RETRY_S })
}

/** What one request has of them. It is what has arrived: announcing a large body holds nobody up. */
export class BodyShare {
  readonly #bodies: BodiesInFlight
  readonly #tenantId: string
  #bytes = 0

  constructor(bodies: BodiesInFlight, tenantId: string) {
    this.#bodies = bodies
    this.#tenantId = tenantId
  }

  /** @throws AresError `rate_limited`, `overloaded` */
  grow(bytes: number): void {
    this.#bodies.take(this.#tenantId, bytes)
    this.#bytes += bytes
  }

  /** When the request is answered or given up; more than once does no harm. */
  release(): void {
    if (this.#bytes === 0) return
    this.#bodies.giveBack(this.#tenantId, this.#bytes)
    this.#bytes = 0
  }
}
