import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders: string[] = []

process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** A folder for a database or so, where `TMPDIR` says; it goes when the bench ends. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ares-bench-'))
  folders.push(folder)
  return folder
}
