import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { emptyFolder, type Env } from '../binary/ares.ts'

/** The wall clock of a program, which can be set while it runs. Its monotonic clock stays true, as after `date --set`. */
export class FakedClock {
  /** For the program. */
  readonly env: Env
  readonly #path = join(emptyFolder(), 'offset')

  /** @param library of libfaketime */
  constructor(library: string, at: string) {
    this.set(at)
    this.env = {
      LD_PRELOAD: library,
      FAKETIME_TIMESTAMP_FILE: this.#path,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    }
  }

  /** From now on it is `at`, and time goes on from there. */
  set(at: string): void {
    const offsetS = (Date.parse(at) - Date.now()) / 1000
    const sign = offsetS < 0 ? '' : '+'
    const fresh = `${this.#path}.new`
    writeFileSync(fresh, `${sign}${offsetS.toFixed(3)}\n`)
    // The program reads it each time it asks for the time, and must never find half of it.
    renameSync(fresh, this.#path)
  }
}
