import { raiseAuthFailureAlert } from '../alerts/auth-failure-alerts.ts'
import { change, type ChangeDeps, type Stamp } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { networkOf } from '../http/client-address.ts'
import type { Log, LogFields } from '../log.ts'
import { recordAudit } from '../audit/store.ts'

/** After an entry about a network, further failures are gathered for this long. Source: contract §6. */
const QUIET_MS = 60_000
/** Networks remembered at once; an attacker may have many. */
const MAX_NETWORKS = 10_000

interface Failures {
  /** The latest of the network. */
  address: string
  /** Since the last entry. */
  count: number
  alerted: boolean
  timer: ReturnType<typeof setTimeout>
}

/**
 * Writes failed admin secrets to the audit log: the first of a network (`networkOf`) at once, then at most one entry a
 * minute. Bursts become an alert.
 */
export class AuthFailures {
  readonly #deps: ChangeDeps & { log: Log }
  readonly #byNetwork = new Map<string, Failures>()

  constructor(deps: ChangeDeps & { log: Log }) {
    this.#deps = deps
  }

  note(address: string): void {
    const network = networkOf(address)
    const known = this.#byNetwork.get(network)
    if (known) {
      known.address = address
      known.count++
      return
    }
    if (this.#byNetwork.size >= MAX_NETWORKS) return
    void this.#record(address, 1)
    this.#watch(network, address)
  }

  /** Notes a failure of an address that has to wait for its earlier ones. */
  noteThrottled(address: string): void {
    this.note(address)
    const network = networkOf(address)
    const known = this.#byNetwork.get(network)
    if (!known || known.alerted) return
    known.alerted = true
    void this.#write({ address }, (trx, stamp) => raiseAuthFailureAlert(trx, stamp, network))
  }

  #watch(network: string, address: string): void {
    const timer = setTimeout(() => this.#endQuiet(network), QUIET_MS)
    timer.unref()
    this.#byNetwork.set(network, { address, count: 0, alerted: false, timer })
  }

  #endQuiet(network: string): void {
    const { address, count } = this.#byNetwork.get(network)!
    this.#byNetwork.delete(network)
    if (count === 0) return
    void this.#record(address, count)
    this.#watch(network, address)
  }

  /** Writes what is still gathered; for the shutdown. */
  async flush(): Promise<void> {
    const gathered = [...this.#byNetwork.values()]
    this.#byNetwork.clear()
    for (const { address, count, timer } of gathered) {
      clearTimeout(timer)
      if (count > 0) await this.#record(address, count)
    }
  }

  #record(address: string, count: number): Promise<void> {
    const details = { address, count }
    return this.#write(details, (trx, stamp) =>
      recordAudit(trx, stamp, { action: 'admin.auth_failed', actor: 'system', details }),
    )
  }

  /** Storage trouble is logged, never thrown: nobody waits for this. */
  async #write(about: LogFields, work: (trx: Db, stamp: Stamp) => Promise<void>): Promise<void> {
    try {
      await change(this.#deps, work)
    } catch (error) {
      this.#deps.log.error('failed admin secret was not recorded', about, error)
    }
  }
}
