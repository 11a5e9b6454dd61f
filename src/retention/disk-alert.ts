import { raiseOnce } from '../alerts/raise-once.ts'
import { resolveOpenAlerts } from '../alerts/resolve-alerts.ts'
import { listOpenSubjects } from '../alerts/store.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import type { Log } from '../log.ts'

const CAUSE = { kind: 'disk', subject: 'database' }

/** One alert for as long as the disk of the database is short of room. */
export class DiskAlert {
  readonly #deps: ChangeDeps & { log: Log }
  /** As far as we have written it: an operator may have resolved it since. */
  #isOpen: boolean

  private constructor(deps: ChangeDeps & { log: Log }, isOpen: boolean) {
    this.#deps = deps
    this.#isOpen = isOpen
  }

  /** Takes over an alert that is still open from before this start. */
  static async resume(deps: ChangeDeps & { db: Db; log: Log }): Promise<DiskAlert> {
    const subjects = await listOpenSubjects(deps.db, CAUSE.kind)
    return new DiskAlert(deps, subjects.length > 0)
  }

  /** Opens or resolves the alert where that is due; what the storage refuses is due again the next time. */
  async set(isShort: boolean): Promise<void> {
    if (isShort === this.#isOpen) return
    try {
      await change(this.#deps, (trx, stamp) =>
        isShort
          ? raiseOnce(trx, stamp, { ...CAUSE, message: 'The disk of the database is almost full' })
          : resolveOpenAlerts(trx, stamp, CAUSE),
      )
      this.#isOpen = isShort
    } catch (error) {
      this.#deps.log.error('disk alert was not written', {}, error)
    }
  }
}
