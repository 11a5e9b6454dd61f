import { lstatSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseRefused } from '../database.ts'

/** A file that cannot be held safely as it lies there; it was not touched. */
export class UnsafeFile extends DatabaseRefused {}

/**
 * Where the database really is: its log and lock lie beside the file, not beside a link to it. A new one will be in
 * the real folder.
 *
 * @throws UnsafeFile for a link that leads nowhere, a file with several names, and a log without its file
 */
export function realDatabasePath(path: string): string {
  const real = resolved(path)
  const file = statSync(real, { throwIfNoEntry: false })
  if (!file || file.size === 0) refuseOrphanedLog(real)
  if (file?.isFile() && file.nlink > 1) {
    throw new UnsafeFile(
      `The database ${real} has ${file.nlink} names (hard links), and under each it would have another log. Remove all but one.`,
    )
  }
  return real
}

function resolved(path: string): string {
  try {
    return realpathSync(path)
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
  if (lstatSync(path, { throwIfNoEntry: false })) {
    throw new UnsafeFile(`The database ${path} is a link to a file that is not there.`)
  }
  return join(realpathSync(dirname(path)), basename(path))
}

/** To make a database anew would throw away what is in the log. */
function refuseOrphanedLog(path: string): void {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false })
  if (!log || log.size === 0) return
  throw new UnsafeFile(
    `There is a log ${path}-wal without its database: put the database back, or move the log away.`,
  )
}
