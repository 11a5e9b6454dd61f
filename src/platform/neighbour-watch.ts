import type { ProviderHealth } from '../alerts/provider-health.ts'
import { listOpenSubjects } from '../alerts/store.ts'
import { type RecoveryDeps, settleOrphans } from '../ledger/recover.ts'
import type { Log } from '../log.ts'

/** Between two looks: a run whose node has died is settled within a lease and a look. */
const LOOK_MS = 10_000

export interface NeighbourWatchDeps extends RecoveryDeps {
  log: Log
  health: Pick<ProviderHealth, 'noteAlerts'>
}

/** Looks after what nodes have left undone that are gone, and hears what the others have reported. */
export class NeighbourWatch {
  readonly #deps: NeighbourWatchDeps
  #timer: ReturnType<typeof setInterval> | undefined
  #looking: Promise<void> = Promise.resolve()

  constructor(deps: NeighbourWatchDeps) {
    this.#deps = deps
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking = this.look()
    }, LOOK_MS)
    this.#timer.unref()
  }

  /** Resolves once nothing of it runs any more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  /** Looks now. Storage trouble is logged; the next look tries again. */
  async look(): Promise<void> {
    const { db, log, health } = this.#deps
    try {
      const settled = await settleOrphans(this.#deps)
      if (settled > 0)
        log.warn('runs of a node that is gone were marked as failed', { runs: settled })
      health.noteAlerts(await listOpenSubjects(db, 'provider'))
    } catch (error) {
      log.warn('what other nodes left was not looked after', {}, error)
    }
  }
}
