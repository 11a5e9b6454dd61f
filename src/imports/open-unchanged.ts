import { constants, Database } from 'bun:sqlite'
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * Opens an SQLite file so that nothing is written to it or beside it. Rows come as plain objects.
 *
 * An ordinary reader of a file in WAL mode leaves an empty WAL behind, unless somebody has the file open anyhow.
 */
export function openUnchanged(path: string): Database {
  const isUnused = isInWalMode(path) && !existsSync(`${path}-wal`)
  const url = `${pathToFileURL(path).href}?${isUnused ? 'immutable=1' : 'mode=ro'}`
  return new Database(url, constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI)
}

/** Where SQLite's header has the version that readers need: 2 for WAL. */
const READ_VERSION_OFFSET = 19

function isInWalMode(path: string): boolean {
  const file = openSync(path, 'r')
  try {
    const byte = new Uint8Array(1)
    return readSync(file, byte, 0, 1, READ_VERSION_OFFSET) === 1 && byte[0] === 2
  } finally {
    closeSync(file)
  }
}
