import type { Clock } from '../clock.ts'
import type { SharedBuckets } from '../db/database.ts'
import { decisionAt, type RateDecision, type Rates } from './rate-limiter.ts'

/** The same limits where several nodes answer: the buckets lie in the database, so that nodes together let no more pass. */
export class SharedRates implements Rates {
  readonly #buckets: SharedBuckets
  readonly #clock: Clock

  constructor(buckets: SharedBuckets, clock: Clock) {
    this.#buckets = buckets
    this.#clock = clock
  }

  async take(tenantId: string, perMinute: number): Promise<RateDecision> {
    const { level, allowed } = await this.#buckets.take(tenantId, perMinute, this.#clock.now())
    return decisionAt(level, perMinute, allowed)
  }
}
