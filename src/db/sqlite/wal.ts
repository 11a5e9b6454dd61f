import type { Database as SqliteDatabase } from 'better-sqlite3'
import { closeSync, fdatasync, fstatSync, openSync } from 'node:fs'
import { StorageLost } from '../errors.ts'
import type { OpenFile } from './held-files.ts'

/*
 * The write-ahead log, kept by us instead of SQLite, whose syncs would keep the event loop for as long as the disk takes:
 *
 * sync  a thread of the pool syncs the log; only then may anybody hear of the commits before it as durable
 * fold  when the log has become long, between two commits: the log is synced, its pages are copied into the file, the
 *       file is synced, the log is begun anew by a commit of one page, and that is synced. In this order, for until the
 *       file is on the disk the log is all there is, and what is copied must not be younger than the log.
 *
 * A log that is begun anew is written over from its beginning: a file that does not grow is synced without its inode.
 * Behind the new beginning lie old frames, and the old header counts until the new one is on the disk: with it, those
 * that are not yet written over would be taken for the newest. Of a single new frame that cannot be said: either the
 * whole old log counts, which is in the file already, or nothing of it. So it is synced before a second one follows.
 * Where SQLite begins anew by itself, after somebody else has copied the log, `synchronous = normal` syncs the header.
 */

/** How the writer makes its commits durable. */
export interface CommitLog {
  /** Resolves once everything committed so far is on the disk. @throws as SQLite's own sync, StorageLost */
  sync(): Promise<void>
  /** Keeps the log short; to be called when no transaction is open. */
  foldIfLong(): Promise<void>
}

/** As SQLite's own default. */
const LONG_PAGES = 1000
/** A log of this length is folded. */
export const LONG_BYTES = LONG_PAGES * 4096
/** What it had to grow beyond that, because readers were in the way, is given back. */
const TOO_LONG_BYTES = LONG_BYTES * 1.5

export class Wal implements CommitLog {
  readonly #connection: SqliteDatabase
  /** Closing any descriptor of the file would drop SQLite's locks on it, so this one stays open as long as they matter. */
  readonly #fileFd: number
  readonly #logFd: number
  /** Further away while a reader keeps the log from being folded. */
  #foldAtPages = LONG_PAGES

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
    await syncToDisk(this.#logFd)
    // What is on the disk under no name is gone with this process.
    for (const { path, fd } of this.files) {
      if (fstatSync(fd).nlink === 0) throw new StorageLost(`${path} was deleted or replaced`)
    }
  }

  async foldIfLong(): Promise<void> {
    const { log } = this.#checkpoint('noop')
    if (log < this.#foldAtPages) return
    this.#foldAtPages = log + LONG_PAGES
    await syncToDisk(this.#logFd)
    // We sync ourselves.
    this.#connection.pragma('synchronous = off')
    try {
      if (this.#copyToFile()) await this.#beginAnew()
    } finally {
      this.#connection.pragma('synchronous = normal')
    }
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

  /** With a reader in the way, the log goes on instead. */
  async #beginAnew(): Promise<void> {
    await syncToDisk(this.#fileFd)
    if (fstatSync(this.#logFd).size > TOO_LONG_BYTES) await this.#truncate()
    this.#commitOnePage()
    await syncToDisk(this.#logFd)
    this.#foldAtPages = this.#checkpoint('noop').log + LONG_PAGES
  }

  /** SQLite would wait for a reader in this thread, which others need meanwhile. */
  async #truncate(): Promise<void> {
    const patienceMs = this.#connection.pragma('busy_timeout', { simple: true }) as number
    this.#connection.pragma('busy_timeout = 0')
    this.#checkpoint('truncate')
    this.#connection.pragma(`busy_timeout = ${patienceMs}`)
    await syncToDisk(this.#logFd)
  }

  /** A number of the file's first page, which nobody uses, stays as it is. */
  #commitOnePage(): void {
    const version = this.#connection.pragma('user_version', { simple: true }) as number
    this.#connection.pragma(`user_version = ${version}`)
  }

  #checkpoint(mode: 'noop' | 'passive' | 'truncate'): CheckpointResult {
    const [result] = this.#connection.pragma(`wal_checkpoint(${mode})`) as [CheckpointResult]
    return result
  }
}

/** In pages. */
interface CheckpointResult {
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
