import Database, { type Database as SqliteDatabase } from 'better-sqlite3'

/** Thrown when another process owns the database file; the message says which. */
export class DatabaseInUse extends Error {}

/**
 * Makes this process the only owner of the database file, until `release` or the process ends (kill -9 included:
 * the kernel frees the lock). Bun has no flock, so the lock is an open write transaction on a tiny database beside
 * the file, which leaves the file itself open to backup tools; its one committed row tells who holds it.
 *
 * @throws DatabaseInUse
 */
export function ownDatabase(path: string, pid: number): { release(): void } {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    lock.exec('begin immediate')
    lock.exec('create table if not exists owner (id integer primary key, pid integer not null)')
    lock.prepare('insert or replace into owner (id, pid) values (1, ?)').run(pid)
    lock.exec('commit')
    lock.exec('begin immediate')
  } catch (error) {
    const holder = readHolder(lock)
    lock.close()
    if ((error as { code?: string }).code !== 'SQLITE_BUSY') throw error
    throw new DatabaseInUse(`The database ${path} is in use by another ares process${holder}.`)
  }
  return { release: () => lock.close() }
}

function readHolder(lock: SqliteDatabase): string {
  try {
    const row = lock.prepare('select pid from owner where id = 1').get() as
      | { pid: number }
      | undefined
    return row ? ` (pid ${row.pid})` : ''
  } catch {
    return ''
  }
}
