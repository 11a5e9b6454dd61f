import Database from 'better-sqlite3'
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { seededRandom } from './torture/random.ts'

/*
 * What a failing disk, a wrong copy or a stray write does to a database file. The file must not be in use.
 */

const PAGE_BYTES = 4096

/** Fills one page with random bytes; which and what the seed decides. */
export function randomisePage(path: string, seed: number): void {
  const random = seededRandom(seed)
  const pages = Math.floor(statSync(path).size / PAGE_BYTES)
  overwrite(path, 1 + Math.floor(random() * pages), random)
}

/** Makes a table unreadable from its first page on. */
export function breakTable(path: string, table: string): void {
  const database = new Database(path, { readonly: true })
  const page = database.prepare('select rootpage from sqlite_schema where name = ?').pluck()
  const root = page.get(table) as number
  database.close()
  overwrite(path, root, seededRandom(root))
}

/** @param page the first is 1 */
function overwrite(path: string, page: number, random: () => number): void {
  const bytes = Uint8Array.from({ length: PAGE_BYTES }, () => Math.floor(random() * 256))
  const file = openSync(path, 'r+')
  writeSync(file, bytes, 0, PAGE_BYTES, (page - 1) * PAGE_BYTES)
  closeSync(file)
}

/** Whether SQLite's own check, asked by itself, finds anything wrong. */
export function sqliteNotices(path: string): boolean {
  try {
    const database = new Database(path, { readonly: true })
    try {
      return database.pragma('integrity_check', { simple: true }) !== 'ok'
    } finally {
      database.close()
    }
  } catch {
    return true
  }
}
