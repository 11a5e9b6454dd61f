import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { StorageState } from '../db/soundness.ts'

/** What the next start has to know of the storage's trouble. */
export interface Trouble {
  /** When it was seen: RFC 3339. */
  time: string
  state: StorageState
  /** What was seen, for operators. */
  message: string
}

/**
 * A file beside the database that outlives the process: what is damaged may not take an alert, and a stop in good order
 * leaves no other sign. It is there until the database was looked through and found sound.
 */
export class FaultNote {
  readonly path: string

  constructor(databasePath: string) {
    this.path = `${databasePath}.fault`
  }

  /** The note of an earlier process, or of this one; null without one. */
  read(): Trouble | null {
    try {
      return JSON.parse(readFileSync(this.path, 'utf8')) as Trouble
    } catch {
      return null
    }
  }

  /** False where it cannot be written: the folder itself may be gone. */
  write(trouble: Trouble): boolean {
    try {
      writeFileSync(this.path, `${JSON.stringify(trouble)}\n`, { mode: 0o600 })
      return true
    } catch {
      return false
    }
  }

  remove(): void {
    rmSync(this.path, { force: true })
  }
}
