import { statfs } from 'node:fs/promises'

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
