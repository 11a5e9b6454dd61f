import { change, type ChangeDeps } from '../db/changes.ts'
import type { Log } from '../log.ts'
import { recordAudit } from './store.ts'

/** After an entry about an address, further failures are gathered for this long. Source: contract §6. */
const QUIET_MS = 60_000
/** Addresses remembered at once; an attacker may have many. */
const MAX_ADDRESSES = 10_000

interface Failures {
  /** Since the last entry. */
  count: number
  timer: ReturnType<typeof setTimeout>
}

/** Writes failed admin secrets to the audit log: the first of an address at once, then at most one entry a minute. */
export class AuthFailures {
  readonly #deps: ChangeDeps & { log: Log }
  readonly #byAddress = new Map<string, Failures>()

  constructor(deps: ChangeDeps & { log: Log }) {
    this.#deps = deps
  }

  note(address: string): void {
    const known = this.#byAddress.get(address)
    if (known) {
      known.count++
      return
    }
    if (this.#byAddress.size >= MAX_ADDRESSES) return
    void this.#record(address, 1)
    this.#watch(address)
  }

  #watch(address: string): void {
    const timer = setTimeout(() => this.#endQuiet(address), QUIET_MS)
    timer.unref()
    this.#byAddress.set(address, { count: 0, timer })
  }

  #endQuiet(address: string): void {
    const { count } = this.#byAddress.get(address)!
    this.#byAddress.delete(address)
    if (count === 0) return
    void this.#record(address, count)
    this.#watch(address)
  }

  /** Writes what is still gathered; for the shutdown. */
  async flush(): Promise<void> {
    const gathered = [...this.#byAddress]
    this.#byAddress.clear()
    for (const [address, { count, timer }] of gathered) {
      clearTimeout(timer)
      if (count > 0) await this.#record(address, count)
    }
  }

  async #record(address: string, count: number): Promise<void> {
    try {
      await change(this.#deps, (trx, stamp) =>
        recordAudit(trx, stamp, {
          action: 'admin.auth_failed',
          actor: 'system',
          details: { address, count },
        }),
      )
    } catch (error) {
      this.#deps.log.error('failed admin secret was not audited', { address, count }, error)
    }
  }
}
