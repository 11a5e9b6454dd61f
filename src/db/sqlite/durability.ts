import type { CommitLog } from './wal.ts'

/** So long a commit that nobody waits for stays without a sync. */
const SYNC_WITHIN_MS = 20

/** What somebody waits for a sync with: it has the commit on the disk, or has failed. */
export interface Waiting {
  confirm: () => void
  reject: (error: unknown) => void
}

/**
 * Which commits are on the disk, and who waits for which. Commits are numbered as they come; a sync covers those before
 * its beginning, and further ones may come while it is under way.
 */
export class Durability {
  readonly #log: Pick<CommitLog, 'sync'>
  #commits = 0
  #durable = 0
  #isSyncing = false
  /** In the order of their commits. */
  #waiting: (Waiting & { commit: number })[] = []
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(log: Pick<CommitLog, 'sync'>) {
    this.#log = log
  }

  get isSyncing(): boolean {
    return this.#isSyncing
  }

  /** Whether everything committed is on the disk. */
  get isComplete(): boolean {
    return this.#durable === this.#commits
  }

  /** Whether anybody waits for a sync. */
  get isAwaited(): boolean {
    return this.#waiting.length > 0
  }

  /** There is one more commit. */
  committed(): void {
    this.#commits++
  }

  /** Waits for the last commit. */
  wait(who: Waiting): void {
    this.#waiting.push({ ...who, commit: this.#commits })
  }

  /** Has it asked for before long, unless there is a sync anyway. @param ask to begin one */
  soon(ask: () => void): void {
    if (!this.isComplete) this.#timer ??= setTimeout(ask, SYNC_WITHIN_MS)
  }

  /** Makes durable what is committed by now and tells those who wait for it. @throws as `CommitLog.sync` */
  async sync(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const commits = this.#commits
    this.#isSyncing = true
    try {
      await this.#log.sync()
    } finally {
      this.#isSyncing = false
    }
    this.#durable = commits
    while (this.isAwaited && this.#waiting[0]!.commit <= commits) this.#waiting.shift()!.confirm()
  }

  /** No commit that is waited for can be known to be on the disk any more, whatever a later sync says. */
  fail(error: unknown): void {
    for (const { reject } of this.#waiting.splice(0)) reject(error)
  }
}
