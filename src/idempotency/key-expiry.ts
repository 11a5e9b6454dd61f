import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Writer } from '../db/writer-contract.ts'
import type { Log } from '../log.ts'
import { dropExpiredKeys } from './store.ts'

export interface KeyExpiryDeps {
  writer: Writer
  clock: Clock
  log: Log
}

const EVERY_MS = 60_000
/** Between two steps, for others that write. */
const PAUSE_MS = 50

/** Drops expired idempotency keys once a minute, in small steps. Nothing depends on when: an expired key is not found. */
export class KeyExpiry {
  readonly #deps: KeyExpiryDeps
  #timer: ReturnType<typeof setTimeout> | undefined
  #stopped = false

  constructor(deps: KeyExpiryDeps) {
    this.#deps = deps
    this.#schedule()
  }

  /** Drops every key that has expired by now, or as many as there is time for until the stop. */
  async drop(): Promise<void> {
    const { clock, log } = this.#deps
    const now = toTimestamp(clock.now())
    try {
      while (!this.#stopped && (await this.#dropSome(now))) await Bun.sleep(PAUSE_MS)
    } catch (error) {
      log.warn('expired idempotency keys were not dropped yet', {}, error)
    }
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  #schedule(): void {
    if (this.#stopped) return
    this.#timer = setTimeout(() => void this.drop().then(() => this.#schedule()), EVERY_MS)
    this.#timer.unref()
  }

  /** False when there was none. */
  async #dropSome(now: string): Promise<boolean> {
    const step = { statement: dropExpiredKeys.name, params: { now }, otherwise: 'refuse' as const }
    const { refused } = await this.#deps.writer.submit({ steps: [step], additions: [] }, 'refuse')
    return !refused
  }
}
