import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a promise that must fail says. */
export function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'It did not fail.',
    (error: Error) => error.message,
  )
}

/** The path of a database that does not exist yet, in a folder of its own. */
export function scratchPath(): string {
  return join(mkdtempSync(join(tmpdir(), 'ares-db-')), 'ares.db')
}
