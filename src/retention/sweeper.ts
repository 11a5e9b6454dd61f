import { droppingAuthFailures, listOldestAuthFailures } from '../audit/auth-failure-entries.ts'
import type { Clock } from '../clock.ts'
import type { RetentionConfig } from '../config/config.ts'
import type { DatabaseFile } from '../db/database.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Writer } from '../db/writer-contract.ts'
import type { Log } from '../log.ts'
import type { DiskWatch } from './disk-watch.ts'
import { allowedBytes, authFailuresBefore, dropBefore, oneStepOf, pagesToFree } from './due.ts'
import { droppingContents, listOldestContents } from './store.ts'

export interface SweeperDeps {
  config: { retention: RetentionConfig }
  file: DatabaseFile
  reads: StatementReader
  writer: Writer
  clock: Clock
  log: Log
  disk: Pick<DiskWatch, 'level' | 'missingBytes'>
}

/** A sweep ends after this long, so that the disk is looked at again. */
const SWEEP_MS = 2000

/** After each step, for others: so many times as long as it took, so that steps take a 20th of the event loop. */
const PAUSE = { times: 19, maxMs: 50 }
const PAUSE_WHEN_SHORT = { times: 3, maxMs: 10 }

/** Drops the contents of runs that are too old or take too much room, and old entries of wrong secrets, in steps too small to be felt. */
export class Sweeper {
  readonly #deps: SweeperDeps
  #stopped = false

  constructor(deps: SweeperDeps) {
    this.#deps = deps
  }

  /** True when nothing is left to do; false when the time was up. @throws AresError `storage_unavailable` */
  async sweep(): Promise<boolean> {
    const { config, file, clock, disk, log } = this.#deps
    const allowed = allowedBytes(config.retention, disk.missingBytes, await file.pages())
    const endMs = clock.monotonicMs() + SWEEP_MS
    let runs = 0
    let isDone = false
    while (!isDone && !this.#stopped && clock.monotonicMs() < endMs) {
      const startedMs = clock.monotonicMs()
      const dropped = await this.#drop(allowed)
      runs += dropped
      isDone = dropped === 0 && !(await this.#dropAuthFailures()) && !(await this.#shrink())
      await this.#pause(clock.monotonicMs() - startedMs)
    }
    if (runs > 0) log.debug('contents of runs were dropped', { runs, disk: disk.level })
    return isDone
  }

  /** Ends a sweep after its step. */
  stop(): void {
    this.#stopped = true
  }

  /** How many contents were dropped. */
  async #drop(allowed: number): Promise<number> {
    const { config, file, reads, writer, clock } = this.#deps
    const before = dropBefore(config.retention, clock.now(), await file.pages(), allowed)
    const contents = oneStepOf(await listOldestContents(reads, before))
    const last = contents.at(-1)
    // A change and no transaction: those make the hot path forget what it keeps.
    if (last) await writer.submit(droppingContents(last.run_id))
    return contents.length
  }

  /** False when there is none that is too old. */
  async #dropAuthFailures(): Promise<boolean> {
    const { config, reads, writer, clock } = this.#deps
    const before = authFailuresBefore(config.retention, clock.now())
    const last = (await listOldestAuthFailures(reads, before)).at(-1)
    if (last === undefined) return false
    await writer.submit(droppingAuthFailures(last))
    return true
  }

  /** False when nothing could be given back: files that were rebuilt elsewhere may keep their free pages. */
  async #shrink(): Promise<boolean> {
    const { file, disk } = this.#deps
    const before = await file.pages()
    const pages = pagesToFree(before, disk.level !== 'enough')
    if (pages === 0) return false
    await file.giveBack(pages)
    return (await file.pages()).page_count < before.page_count
  }

  #pause(stepMs: number): Promise<void> {
    const { times, maxMs } = this.#deps.disk.level === 'enough' ? PAUSE : PAUSE_WHEN_SHORT
    // On a slow disk most of a step is waiting, which keeps nobody: hence the maximum.
    return Bun.sleep(Math.min(stepMs * times, maxMs))
  }
}
