import { raiseOnce } from '../alerts/raise-once.ts'
import { resolveOpenAlerts } from '../alerts/resolve-alerts.ts'
import type { Clock } from '../clock.ts'
import { toTimestamp, toWireTime } from '../db/columns.ts'
import { StorageDamaged } from '../db/errors.ts'
import type { Soundness, StorageFault, StorageState } from '../db/soundness.ts'
import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import type { AresDatabase } from '../db/database.ts'
import type { Log } from '../log.ts'
import { FaultNote, type Trouble } from './fault-note.ts'

export interface StorageWatchDeps {
  database: Pick<AresDatabase, 'path' | 'soundness' | 'wasLeftOpen' | 'verify' | 'writer'>
  clock: Clock
  newId: () => string
  log: Log
  /** Looks through the whole database without hurting anybody; what it found, a line each. Throws when it was stopped. */
  findDamage: (stopped: AbortSignal) => Promise<string[]>
}

/** Of its alerts. */
const KIND = 'storage'

/** Between two looks at where the database lies. */
const LOOK_MS = 1000

const TOLD: Record<StorageState, { log: string; alert: string }> = {
  damaged: {
    log: 'the database is damaged; nothing new begins until it is restored',
    alert: 'The database is damaged: nothing new begins until it is restored',
  },
  disowned: {
    log: 'the lock of the database is gone; stopping before another server opens it',
    alert: 'The server stopped: the lock of its database was moved, replaced or deleted',
  },
  untrusted: {
    log: 'the storage failed; stopping so that nothing more is lost',
    alert: 'The server stopped: its storage could not be trusted any more',
  },
}

/** Tells of the storage's trouble wherever it was met: in the log, as an alert, and to the next start. */
export class StorageWatch {
  readonly #deps: StorageWatchDeps
  readonly #soundness: Soundness
  /** Null where the storage is no file of ours: its own server keeps such notes. */
  readonly #note: FaultNote | null
  readonly #stopped = new AbortController()
  readonly #end = Promise.withResolvers<StorageFault>()
  #looking: ReturnType<typeof setInterval> | undefined
  #check: Promise<void> = Promise.resolve()

  constructor(deps: StorageWatchDeps) {
    this.#deps = deps
    this.#soundness = deps.database.soundness
    const { path } = deps.database
    this.#note = path === null ? null : new FaultNote(path)
    this.#soundness.onFault((fault) => void this.#tell(fault))
  }

  /** Resolves when the process has to end for the sake of the data. */
  get end(): Promise<StorageFault> {
    return this.#end.promise
  }

  /** Begins to look where the database lies, and through it if the last stop was none in good order. */
  start(): void {
    this.#looking = setInterval(() => void this.#deps.database.verify(), LOOK_MS)
    this.#looking.unref()
    const trouble = this.#note?.read() ?? null
    if (trouble || this.#deps.database.wasLeftOpen) this.#check = this.#lookThrough(trouble)
  }

  /** Resolves once nothing of it runs any more. */
  async stop(): Promise<void> {
    clearInterval(this.#looking)
    this.#stopped.abort()
    await this.#check
  }

  /** Looks now. @throws AresError `storage_damaged`, `storage_unavailable` */
  async require(): Promise<void> {
    await this.#deps.database.verify()
    this.#soundness.require()
  }

  async #lookThrough(trouble: Trouble | null): Promise<void> {
    const { findDamage, log } = this.#deps
    const wasTold = trouble === null || (await this.#alert(trouble))
    try {
      const findings = await findDamage(this.#stopped.signal)
      if (findings.length > 0) this.#report(findings)
      else if (wasTold && (await this.#isOver(trouble))) this.#note?.remove()
    } catch (error) {
      if (!this.#stopped.signal.aborted) log.warn('the database was not looked through', {}, error)
    }
  }

  /** Resolves the alert about damage that is there no more; one about a stop is for an operator to resolve. */
  async #isOver(trouble: Trouble | null): Promise<boolean> {
    if (trouble?.state !== 'damaged') return true
    return this.#write((trx, stamp) =>
      resolveOpenAlerts(trx, stamp, { kind: KIND, subject: trouble.state }),
    )
  }

  #report(findings: string[]): void {
    for (const finding of findings) this.#deps.log.error('damage in the database', { finding })
    this.#soundness.report({ state: 'damaged', error: new StorageDamaged(findings[0]) })
  }

  async #tell({ state, error }: StorageFault): Promise<void> {
    const { clock, log } = this.#deps
    log.error(TOLD[state].log, {}, error)
    const trouble: Trouble = {
      time: toTimestamp(clock.now()),
      state,
      message: error instanceof Error ? error.message : String(error),
    }
    if (this.#note?.write(trouble) === false)
      log.error('the trouble could not be noted', { path: this.#note.path })
    if (state !== 'damaged') this.#end.resolve({ state, error })
    if (state !== 'untrusted') await this.#alert(trouble)
  }

  /** False where the storage does not take it; the note tells the next start then. */
  #alert({ state, time }: Trouble): Promise<boolean> {
    const message = `${TOLD[state].alert} (${toWireTime(time)})`
    return this.#write((trx, stamp) =>
      raiseOnce(trx, stamp, { kind: KIND, subject: state, message }),
    )
  }

  async #write(work: (trx: Trx, stamp: Stamp) => Promise<void>): Promise<boolean> {
    const { database, newId, clock, log } = this.#deps
    const stamp = { newId, now: toTimestamp(clock.now()) }
    try {
      await database.writer.transaction((trx) => work(trx, stamp), 'try')
      return true
    } catch (error) {
      log.error('the alert about the storage was not written', {}, error)
      return false
    }
  }
}
