import type { ServerConfig } from '../config/config.ts'
import { AresError } from '../errors.ts'
import { Tally } from '../tally.ts'

export type PendingLimits = Pick<ServerConfig, 'maxPendingRequests' | 'maxPendingRequestsPerTenant'>

/** Seconds until a refused caller may try again: places become free all the time. */
const RETRY_S = 1

/**
 * The requests behind the front door that have no answer yet, those whose body is still arriving included. Whoever
 * enters leaves, also when entering was refused.
 */
export class PendingRequests {
  readonly #limits: PendingLimits
  readonly #ofTenant = new Tally()
  #count = 0

  constructor(limits: PendingLimits) {
    this.#limits = limits
  }

  /** @throws AresError `overloaded` */
  enter(): void {
    if (++this.#count <= this.#limits.maxPendingRequests) return
    throw new AresError('overloaded', 'Too many requests are under way; try again shortly.', {
      retryAfterS: RETRY_S,
    })
  }

  /** @throws AresError `rate_limited` */
  enterTenant(tenantId: string): void {
    this.#ofTenant.add(tenantId)
    if (this.#ofTenant.of(tenantId) <= this.#limits.maxPendingRequestsPerTenant) return
    throw new AresError(
      'rate_limited',
      'Too many requests of this tenant are under way; try again shortly.',
      { retryAfterS: RETRY_S },
    )
  }

  /** @param tenantId of a request that entered as a tenant’s */
  leave(tenantId: string | undefined): void {
    this.#count--
    if (tenantId !== undefined) this.#ofTenant.remove(tenantId)
  }
}
