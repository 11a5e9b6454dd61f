import { afterAll } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** What a promise that must fail says. */
export function failureOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'It did not fail.',
    (error: Error) => error.message,
  )
}

/** The path of a database that does not exist yet, in a folder of its own. */
export function scratchPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ares-db-'))
  folders.push(folder)
  return join(folder, 'ares.db')
}
