import type { Database as SqliteDatabase } from 'better-sqlite3'
import { closeSync, fdatasync, fstatSync, openSync } from 'node:fs'
import { StorageLost } from '../errors.ts'
import type { OpenFile } from './held-files.ts'

/*
 * The write-ahead log, kept by us instead of SQLite, whose syncs would keep the event loop for as long as the disk takes:
 *
 * sync  after each commit: a thread of the pool syncs the log; only then may anybody hear of the commit
 * fold  when the log has become long, between two commits: its pages are copied into the file, the file is synced,
 *       the log is emptied and synced. In this order, for until the file is on the disk the log is all there is.
 *
 * A log that was not emptied is begun anew by SQLite when its pages are all in the file. Old frames then lie behind
 * the new header, which must be on the disk before they are overwritten: `synchronous = normal` sees to that.
 */

/** How the writer makes its commits durable. */
export interface CommitLog {
  /** Resolves once everything committed so far is on the disk. @throws as SQLite's own sync, StorageLost */
  sync(): Promise<void>
  /** Keeps the log short; to be called when no transaction is open. */
  foldIfLong(): Promise<void>
}

/** A log of this length is folded: 1,000 pages, as SQLite's own default. */
export const LONG_BYTES = 1000 * 4096

export class Wal implements CommitLog {
  readonly #connection: SqliteDatabase
  /** Closing any descriptor of the file would drop SQLite's locks on it, so this one stays open as long as they matter. */
  readonly #fileFd: number
  readonly #logFd: number
  /** Further away while a reader keeps the log from being folded. */
  #foldAtBytes = LONG_BYTES
  #isEmpty = false

  /** @param connection the writer's, in WAL mode */
  constructor(connection: SqliteDatabase) {
    this.#connection = connection
    connection.pragma('synchronous = normal')
    connection.pragma('wal_autocheckpoint = 0')
    this.#fileFd = openSync(connection.name, 'r+')
    this.#logFd = openSync(`${connection.name}-wal`, 'r+')
  }

  /** The database and its log, as they are open here. */
  get files(): Required<OpenFile>[] {
    const path = this.#connection.name
    return [
      { path, fd: this.#fileFd },
      { path: `${path}-wal`, fd: this.#logFd },
    ]
  }

  async sync(): Promise<void> {
    if (this.#isEmpty) {
      this.#isEmpty = false
      this.#connection.pragma('synchronous = normal')
    }
    await syncToDisk(this.#logFd)
    // What is on the disk under no name is gone with this process.
    for (const { path, fd } of this.files) {
      if (fstatSync(fd).nlink === 0) throw new StorageLost(`${path} was deleted or replaced`)
    }
  }

  async foldIfLong(): Promise<void> {
    const bytes = fstatSync(this.#logFd).size
    if (bytes < this.#foldAtBytes) return
    this.#foldAtBytes = bytes + LONG_BYTES
    // We sync ourselves; and in an empty log there is nothing that its header must be synced for.
    this.#connection.pragma('synchronous = off')
    this.#isEmpty = this.#copyToFile() && (await this.#empty())
    if (this.#isEmpty) this.#foldAtBytes = LONG_BYTES
    else this.#connection.pragma('synchronous = normal')
  }

  /** To be called after the connections are closed. */
  close(): void {
    closeSync(this.#logFd)
    closeSync(this.#fileFd)
  }

  /** False when a reader of an older state is in the way. */
  #copyToFile(): boolean {
    const { log, checkpointed } = this.#checkpoint('passive')
    return log === checkpointed
  }

  async #empty(): Promise<boolean> {
    await syncToDisk(this.#fileFd)
    if (!this.#truncate()) return false
    await syncToDisk(this.#logFd)
    return true
  }

  /** False when a reader is in the way. SQLite would wait for it in this thread, which others need meanwhile. */
  #truncate(): boolean {
    const patienceMs = this.#connection.pragma('busy_timeout', { simple: true }) as number
    this.#connection.pragma('busy_timeout = 0')
    const { busy } = this.#checkpoint('truncate')
    this.#connection.pragma(`busy_timeout = ${patienceMs}`)
    return busy === 0
  }

  #checkpoint(mode: 'passive' | 'truncate'): CheckpointResult {
    const [result] = this.#connection.pragma(`wal_checkpoint(${mode})`) as [CheckpointResult]
    return result
  }
}

interface CheckpointResult {
  busy: number
  log: number
  checkpointed: number
}

function syncToDisk(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fdatasync(fd, (error) => {
      if (error) reject(syncFailure(error))
      else resolve()
    })
  })
}

function syncFailure(cause: Error): Error {
  return Object.assign(new Error('the database could not be synced', { cause }), {
    code: 'SQLITE_IOERR_FSYNC',
  })
}
