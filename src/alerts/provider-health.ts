import type { Stamp } from '../db/changes.ts'
import type { Writer } from '../db/writer.ts'
import type { Log } from '../log.ts'
import { insertAlert, resolveOpenAlerts } from './store.ts'

/** Failed calls in a row after which a provider is reported. Source: contract §6. */
const FAILURES_TO_ALERT = 5

export interface ProviderHealthDeps {
  writer: Writer
  stamp: () => Stamp
  log: Log
  /** Providers whose alert is still open from before this start. */
  alerted: string[]
}

/** Counts the failures in a row of each provider; raises one alert when it seems down, resolves it when a call succeeds. */
export class ProviderHealth {
  readonly #deps: ProviderHealthDeps
  readonly #failures = new Map<string, number>()
  readonly #alerted: Set<string>

  constructor(deps: ProviderHealthDeps) {
    this.#deps = deps
    this.#alerted = new Set(deps.alerted)
  }

  /** Resolves when the alert, if one is due, is committed; storage trouble is logged, never thrown. */
  async failed(provider: string): Promise<void> {
    const failures = (this.#failures.get(provider) ?? 0) + 1
    this.#failures.set(provider, failures)
    if (failures < FAILURES_TO_ALERT || this.#alerted.has(provider)) return
    this.#alerted.add(provider)
    await this.#write(
      () => this.#raise(provider),
      () => this.#alerted.delete(provider),
    )
  }

  async succeeded(provider: string): Promise<void> {
    this.#failures.delete(provider)
    if (!this.#alerted.delete(provider)) return
    await this.#write(
      () => this.#resolve(provider),
      () => this.#alerted.add(provider),
    )
  }

  #raise(provider: string): Promise<void> {
    const { newId, now } = this.#deps.stamp()
    return this.#deps.writer.transaction((trx) =>
      insertAlert(trx, {
        id: newId(),
        severity: 'critical',
        message: `Provider ${provider} failed ${FAILURES_TO_ALERT} calls in a row`,
        tenant_id: null,
        kind: 'provider',
        threshold: null,
        subject: provider,
        created_at: now,
      }),
    )
  }

  #resolve(provider: string): Promise<void> {
    const { now } = this.#deps.stamp()
    return this.#deps.writer.transaction((trx) =>
      resolveOpenAlerts(trx, { kind: 'provider', subject: provider }, now),
    )
  }

  async #write(write: () => Promise<void>, undo: () => void): Promise<void> {
    try {
      await write()
    } catch (error) {
      undo()
      this.#deps.log.error('provider alert was not written', {}, error)
    }
  }
}
