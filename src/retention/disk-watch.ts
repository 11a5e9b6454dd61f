import type { RetentionConfig } from '../config/config.ts'
import { AresError } from '../errors.ts'
import type { Log } from '../log.ts'
import type { DiskAlert } from './disk-alert.ts'
import {
  diskLevel,
  type DiskLevel,
  diskLimits,
  earliestDropMs,
  missingBytes,
} from './disk-level.ts'
import type { DiskSpace } from './disk-space.ts'

export interface DiskWatchDeps {
  config: { retention: RetentionConfig }
  /** The room on the disk of the database. */
  diskSpace: () => Promise<DiskSpace>
  /** How much of that the database has taken already, without having it yet. */
  owedBytes: () => Promise<number>
  alert: DiskAlert
  log: Log
}

/** The most of a disk that counts as owed: a very small one would be short of room from the start. */
const OWED_SHARE = 1 / 4

/** Seconds a caller is asked to wait while the disk is full. */
const RETRY_S = 30

/** Knows how much room the disk of the database has. Asking it costs nothing; `look` asks the file system. */
export class DiskWatch {
  readonly #deps: DiskWatchDeps
  #level: DiskLevel = 'enough'
  #missingBytes = 0
  #lookAgainMs = Infinity
  #isBlind = false

  constructor(deps: DiskWatchDeps) {
    this.#deps = deps
  }

  /** As of the last look. */
  get level(): DiskLevel {
    return this.#level
  }

  /** What must be freed until there is enough again; 0 while there is. */
  get missingBytes(): number {
    return this.#missingBytes
  }

  /** When the next look is worth while, from the last one on: before the room can have run out further. */
  get lookAgainMs(): number {
    return this.#lookAgainMs
  }

  /** @throws AresError `storage_unavailable` when there is no room for a run */
  requireRoom(): void {
    if (this.#level !== 'full') return
    throw new AresError('storage_unavailable', 'The storage is full; no run can begin.', {
      retryAfterS: RETRY_S,
    })
  }

  /** Brings the level up to date, and the alert with it. Never throws. */
  async look(): Promise<void> {
    const space = await this.#measure()
    if (!space) return
    const limits = diskLimits(this.#deps.config.retention, space.totalBytes)
    const before = this.#level
    this.#level = diskLevel(space, limits, before)
    const isShort = this.#level !== 'enough'
    this.#missingBytes = isShort ? missingBytes(space, limits) : 0
    this.#lookAgainMs = earliestDropMs(space, limits, this.#level)
    if (this.#level !== before) this.#tell(space)
    await this.#deps.alert.set(isShort)
  }

  /** Undefined where the file system cannot tell, which is logged once. */
  async #measure(): Promise<DiskSpace | undefined> {
    try {
      const { diskSpace, owedBytes } = this.#deps
      // In one turn: what the log leaves when it is folded would count as taken and as owed.
      const [{ freeBytes, totalBytes }, owed] = await Promise.all([diskSpace(), owedBytes()])
      this.#isBlind = false
      const taken = Math.min(owed, totalBytes * OWED_SHARE)
      return { freeBytes: Math.max(0, freeBytes - taken), totalBytes }
    } catch (error) {
      if (!this.#isBlind) this.#deps.log.warn('the free space of the disk is not known', {}, error)
      this.#isBlind = true
      return undefined
    }
  }

  #tell({ freeBytes }: DiskSpace): void {
    this.#deps.log.warn(MEANING[this.#level], { free_mib: Math.floor(freeBytes / 1024 ** 2) })
  }
}

const MEANING: Record<DiskLevel, string> = {
  enough: 'the disk has room again: contents of runs are kept',
  low: 'the disk has little room left: contents of runs are not kept',
  full: 'the disk is full: no run can begin',
}
