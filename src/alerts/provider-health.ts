import { change, type ChangeDeps, type Stamp } from '../db/changes.ts'
import type { Db, Trx } from '../db/tables.ts'
import type { Log } from '../log.ts'
import { raiseOnce } from './raise-once.ts'
import { resolveOpenAlerts } from './resolve-alerts.ts'
import { listOpenSubjects } from './store.ts'

/** Failed calls in a row after which a provider is reported. Source: contract 6.8. */
const FAILURES_TO_ALERT = 5

/** Calls that are remembered of each provider, to tell how many of them failed. */
const REMEMBERED = 20

/** What a failed call says about its provider. */
export type ProviderTrouble = 'failing' | 'key_refused' | 'unreachable'

/** How the calls of a provider went since the start. */
export interface ProviderCondition {
  /** That of the newest call. */
  state: 'never_called' | 'healthy' | ProviderTrouble
  /** The newest calls that are remembered, and the failed among them. */
  calls: number
  failures: number
}

/** The newest calls of one provider, oldest first: what was the matter, or null. */
type Recent = (ProviderTrouble | null)[]

export interface ProviderHealthDeps extends ChangeDeps {
  log: Log
  /** Providers whose alert is still open from before this start. */
  alerted: string[]
}

/**
 * Counts the failures in a row of each provider. Every fifth, and each refused key, makes sure that an alert is open (an
 * operator may have resolved the last one meanwhile); a call that succeeds resolves it.
 */
export class ProviderHealth {
  readonly #deps: ProviderHealthDeps
  readonly #failures = new Map<string, number>()
  readonly #recent = new Map<string, Recent>()
  /** Providers that may have an open alert. */
  readonly #alerted: Set<string>

  constructor(deps: ProviderHealthDeps) {
    this.#deps = deps
    this.#alerted = new Set(deps.alerted)
  }

  /** Resolves when the alert, if one is due, is committed; storage trouble is logged, never thrown. */
  async failed(provider: string, trouble: ProviderTrouble): Promise<void> {
    this.#remember(provider, trouble)
    const failures = (this.#failures.get(provider) ?? 0) + 1
    this.#failures.set(provider, failures)
    const isRefused = trouble === 'key_refused'
    if (!isRefused && failures % FAILURES_TO_ALERT !== 0) return
    this.#alerted.add(provider)
    const message = isRefused
      ? `Provider ${provider} refuses its key`
      : `Provider ${provider} failed ${FAILURES_TO_ALERT} calls in a row`
    await this.#write((trx, stamp) =>
      raiseOnce(trx, stamp, { kind: 'provider', subject: provider, message }),
    )
  }

  async succeeded(provider: string): Promise<void> {
    this.#remember(provider, null)
    this.#failures.delete(provider)
    if (!this.#alerted.delete(provider)) return
    const resolve = (trx: Trx, stamp: Stamp) =>
      resolveOpenAlerts(trx, stamp, { kind: 'provider', subject: provider })
    if (!(await this.#write(resolve))) this.#alerted.add(provider)
  }

  /** Others may have reported these: whose call succeeds here next resolves it. */
  noteAlerts(providers: readonly string[]): void {
    for (const provider of providers) this.#alerted.add(provider)
  }

  condition(provider: string): ProviderCondition {
    const recent = this.#recent.get(provider) ?? []
    const failures = recent.filter((trouble) => trouble !== null).length
    const newest = recent.at(-1)
    const state = newest === undefined ? 'never_called' : (newest ?? 'healthy')
    return { state, calls: recent.length, failures }
  }

  #remember(provider: string, trouble: ProviderTrouble | null): void {
    const recent = this.#recent.get(provider) ?? []
    this.#recent.set(provider, recent)
    recent.push(trouble)
    if (recent.length > REMEMBERED) recent.shift()
  }

  /** False when the storage refused. */
  async #write(work: (trx: Trx, stamp: Stamp) => Promise<void>): Promise<boolean> {
    try {
      await change(this.#deps, work)
      return true
    } catch (error) {
      this.#deps.log.error('provider alert was not written', {}, error)
      return false
    }
  }
}

/** Providers that are configured no more cannot succeed: resolves their alerts, and tells whose are still open. */
export async function reviewProviderAlerts(
  deps: ChangeDeps & { db: Db },
  configured: string[],
): Promise<string[]> {
  const alerted = await listOpenSubjects(deps.db, 'provider')
  const gone = alerted.filter((provider) => !configured.includes(provider))
  if (gone.length > 0) {
    await change(deps, async (trx, stamp) => {
      for (const subject of gone) await resolveOpenAlerts(trx, stamp, { kind: 'provider', subject })
    })
  }
  return alerted.filter((provider) => configured.includes(provider))
}
