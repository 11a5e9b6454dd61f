import Database, { type Database as SqliteDatabase } from 'better-sqlite3'
import { DatabaseRefused } from '../database.ts'

/** The ownership of a database file, for as long as it is not released. */
export interface Ownership {
  lockPath: string
  release(): void
}

/** Thrown when another process owns the database file; the message says which. */
export class DatabaseInUse extends DatabaseRefused {}

/**
 * Makes this process the only owner of the database file, until `release` or the process ends (kill -9 included:
 * the kernel frees the lock). Bun has no flock, so the lock is an open write transaction on a tiny database beside
 * the file, which leaves the file itself open to backup tools; its one committed row tells who holds it.
 *
 * @param whenNew called under a lock that nobody has had before, and may throw: the lock of a file that is older was
 *   removed, perhaps under its owner's feet
 * @throws DatabaseInUse
 */
export function ownDatabase(path: string, pid: number, whenNew: () => void = () => {}): Ownership {
  const lockPath = `${path}.lock`
  const lock = new Database(lockPath, { timeout: 0 })
  try {
    lock.exec('begin immediate')
    lock.exec('create table if not exists owner (id integer primary key, pid integer not null)')
    if (findHolder(lock) === undefined) whenNew()
    lock.prepare('insert or replace into owner (id, pid) values (1, ?)').run(pid)
    lock.exec('commit')
    lock.exec('begin immediate')
  } catch (error) {
    const holder = readHolder(lock)
    lock.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new DatabaseInUse(`The database ${path} is in use by another ares process${holder}.`)
  }
  return { lockPath, release: () => lock.close() }
}

/**
 * Looks whether another process has the file open, whatever has become of its lock; that holds nobody up.
 *
 * @throws DatabaseInUse
 */
export function refuseOtherUser(path: string): void {
  const probe = new Database(path, { timeout: 0 })
  try {
    // Whoever has read or written a file in WAL mode keeps a shared lock on it until it closes it.
    probe.pragma('locking_mode = exclusive')
    probe.exec('begin immediate')
    probe.exec('rollback')
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new DatabaseInUse(
      `The database ${path} is in use by another process, though its lock file ${path}.lock was missing. End that process first.`,
    )
  } finally {
    probe.close()
  }
}

function readHolder(lock: SqliteDatabase): string {
  try {
    const holder = findHolder(lock)
    return holder ? ` (pid ${holder.pid})` : ''
  } catch {
    return ''
  }
}

/** Who has the lock, or had it last. */
function findHolder(lock: SqliteDatabase): { pid: number } | undefined {
  return lock.prepare('select pid from owner where id = 1').get() as { pid: number } | undefined
}
