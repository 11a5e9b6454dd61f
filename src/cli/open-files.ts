import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/** Descriptors that the database, its log and its lock take. */
const NEEDED = 16

/** What to tell where `isOutOfFiles`. */
export const TOO_FEW_FILES =
  'this process may open too few files (EMFILE); raise the limit, for example with `ulimit -n 1024`'

/** Whether the limit of open files stands in the way of a database: SQLite says only that it cannot open something. */
export function isOutOfFiles(): boolean {
  const opened: number[] = []
  try {
    while (opened.length < NEEDED) opened.push(openSync(devNull, 'r'))
    return false
  } catch (error) {
    return (error as { code?: string }).code === 'EMFILE'
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}
