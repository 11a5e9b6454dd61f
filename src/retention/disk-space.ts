import { stat, statfs } from 'node:fs/promises'
import type { Db } from '../db/tables.ts'
import { LONG_BYTES } from '../db/sqlite/wal.ts'
import { countPages } from './store.ts'

/** The room on the disk of a folder. */
export interface DiskSpace {
  /** For this user: what is reserved for root does not count. */
  freeBytes: number
  totalBytes: number
}

/** Asks the file system, without keeping the event loop. @throws where it cannot tell */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}

/** What the database will take without anything new to keep: its file by the pages that are in the log alone, the log until it is folded. */
export async function owedBytesOf(db: Db, path: string): Promise<number> {
  const [{ page_count, page_size }, file, log] = await Promise.all([
    countPages(db),
    stat(path),
    stat(`${path}-wal`),
  ])
  return Math.max(0, page_count * page_size - file.size) + Math.max(0, LONG_BYTES - log.size)
}
