import { statfsSync } from 'node:fs'

/** The room on the disk of a folder. */
export interface DiskSpace {
  /** For this user: what is reserved for root does not count. */
  freeBytes: number
  totalBytes: number
}

/**
 * Asks the file system, which knows it without looking at the disk, in the turn of the caller: so that the files on it
 * can be measured as of the same moment.
 *
 * @throws where it cannot tell
 */
export async function diskSpaceOf(folder: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = statfsSync(folder)
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize }
}
