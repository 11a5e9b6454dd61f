/** Sources remembered at once; an attacker may have many. The one that has failed longest ago is forgotten first. */
const MAX_SOURCES = 10_000
const MINUTE_MS = 60_000

/**
 * A token bucket of failures for each source: a minute's allowance as burst, refilled evenly. Only failures take from
 * it; while it is empty, the source has to wait.
 */
export class FailureThrottle {
  readonly #msPerFailure: number
  /** When the source's bucket is full again, on the monotonic clock; oldest failure first. */
  readonly #fullAtMs = new Map<string, number>()

  /** @param maxPerMinute at least 1 */
  constructor(maxPerMinute: number) {
    this.#msPerFailure = MINUTE_MS / maxPerMinute
  }

  /** Whole seconds until the source may try again; 0 when it may now. */
  waitS(source: string, nowMs: number): number {
    const missingMs = (this.#fullAtMs.get(source) ?? nowMs) - nowMs
    return Math.max(0, Math.ceil((missingMs + this.#msPerFailure - MINUTE_MS) / 1000))
  }

  failed(source: string, nowMs: number): void {
    const fullAtMs = Math.max(this.#fullAtMs.get(source) ?? nowMs, nowMs) + this.#msPerFailure
    this.#fullAtMs.delete(source)
    this.#fullAtMs.set(source, fullAtMs)
    if (this.#fullAtMs.size > MAX_SOURCES) this.#forgetOldest()
  }

  #forgetOldest(): void {
    for (const source of this.#fullAtMs.keys()) {
      this.#fullAtMs.delete(source)
      return
    }
  }
}
