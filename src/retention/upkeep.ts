import type { Soundness } from '../db/soundness.ts'
import type { Log } from '../log.ts'
import type { DiskWatch } from './disk-watch.ts'
import type { Sweeper } from './sweeper.ts'

export interface UpkeepDeps {
  disk: DiskWatch
  sweeper: Sweeper
  soundness: Pick<Soundness, 'fault'>
  log: Log
}

/** Between two rounds with nothing to do in them. A disk with little more room than it needs is looked at sooner. */
const EVERY_MS = { least: 100, most: 2000 }

/** Keeps the disk from filling up: round after round a look at its room, then a sweep. */
export class Upkeep {
  readonly #deps: UpkeepDeps
  #timer: ReturnType<typeof setTimeout> | undefined
  #round: Promise<unknown> = Promise.resolve()
  #stopped = false

  constructor(deps: UpkeepDeps) {
    this.#deps = deps
  }

  /** Begins the rounds. */
  start(): void {
    this.#schedule(this.#pauseMs())
  }

  /** One look, one sweep; true when nothing is left to do. Storage trouble is logged, and tried again in the next round. */
  async round(): Promise<boolean> {
    const { disk, sweeper, soundness, log } = this.#deps
    await disk.look()
    // Of what is damaged nothing more is taken away.
    if (soundness.fault) return true
    try {
      return await sweeper.sweep()
    } catch (error) {
      log.warn('contents of runs could not be dropped yet', {}, error)
      return true
    }
  }

  /** Ends the rounds; resolves once the last step is through. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    this.#deps.sweeper.stop()
    await this.#round
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#round = this.#roundAndOn()
    }, ms)
    this.#timer.unref()
  }

  #pauseMs(): number {
    const { lookAgainMs } = this.#deps.disk
    return Math.max(EVERY_MS.least, Math.min(lookAgainMs, EVERY_MS.most))
  }

  async #roundAndOn(): Promise<void> {
    const isDone = await this.round()
    if (!this.#stopped) this.#schedule(isDone ? this.#pauseMs() : 0)
  }
}
