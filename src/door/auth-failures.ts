import { raisingAuthFailureAlert } from '../alerts/auth-failure-alerts.ts'
import { recordingAuthFailures } from '../audit/auth-failure-entries.ts'
import type { ChangeDeps } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Log } from '../log.ts'
import { GatheredFailures, type ToldFailures } from './gathered-failures.ts'

/** From the first failure after a quiet time: a burst is told of as a whole rather than by its first. */
const FIRST_MS = 1000
/** Between two entries. The first failure of an address is told within a minute, the write included. Source: contract 6.10. */
const EVERY_MS = 55_000
/** Alerts that one entry may raise, those of the busiest sources first. */
const MAX_ALERTS = 10

export interface AuthFailureDeps extends ChangeDeps {
  log: Log
}

/**
 * Tells of wrong admin secrets: gathers them in memory and writes one entry of the audit log an interval, with the
 * alerts of those who guess too often. However many strangers there are, they make one small write that nobody waits
 * for; a crash may lose an interval of it.
 */
export class AuthFailures {
  readonly #deps: AuthFailureDeps
  #gathered = new GatheredFailures()
  #timer: ReturnType<typeof setTimeout> | undefined
  #writing = Promise.resolve()

  constructor(deps: AuthFailureDeps) {
    this.#deps = deps
  }

  /** @param mustWait whether the network of this address has guessed too often */
  note(address: string, { mustWait }: { mustWait: boolean }): void {
    this.#gathered.note(address, mustWait)
    if (!this.#timer) this.#schedule(FIRST_MS)
  }

  /** Writes what is gathered; for the shutdown. Storage trouble is logged, never thrown: nobody waits for this. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#gathered.isEmpty) {
      const told = this.#gathered.told()
      this.#gathered = new GatheredFailures()
      // What the timer has begun to write counts too.
      this.#writing = this.#writing.then(() => this.#write(told))
    }
    return this.#writing
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => this.#endInterval(), ms)
    this.#timer.unref()
  }

  #endInterval(): void {
    const isQuiet = this.#gathered.isEmpty
    void this.flush()
    if (!isQuiet) this.#schedule(EVERY_MS)
  }

  async #write(told: ToldFailures): Promise<void> {
    const { writer, clock, newId, log } = this.#deps
    const stamp = { newId, now: toTimestamp(clock.now()) }
    const alerts = told.sources
      .filter(({ mustWait }) => mustWait)
      .slice(0, MAX_ALERTS)
      .map(({ network }) => raisingAuthFailureAlert(stamp, network))
    try {
      await writer.submitLast({
        steps: [recordingAuthFailures(stamp, told), ...alerts],
        additions: [],
      })
    } catch (error) {
      log.error('wrong admin secrets were not recorded', { count: told.count }, error)
    }
  }
}
