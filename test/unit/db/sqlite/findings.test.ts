import { expect, test } from 'bun:test'
import { copyFileSync } from 'node:fs'
import { inspectTables, openDatabase, openForInspection } from '../../../../src/db/sqlite/open.ts'
import { randomisePage, sqliteNotices } from '../../../damage.ts'
import { scratchPath } from '../scratch.ts'

const FILES = 64

/** A database of some hundred pages, in a file of its own. */
async function filledFile(): Promise<string> {
  const path = scratchPath()
  const database = await openDatabase({ path, pid: 1, statements: [] })
  await database.writer.transaction(async (trx) => {
    for (let i = 0; i < 400; i++) {
      await trx
        .insertInto('tenants')
        .values({
          id: `id-${i}`,
          name: `${i}-${'x'.repeat(i * 9)}`,
          tier: 'free',
          status: 'active',
          created_at: '2026-03-13T14:22:00.000Z',
          deleted_at: null,
        })
        .execute()
    }
  })
  await database.close()
  return path
}

function wholeFindings(path: string): string[] {
  const inspection = openForInspection(path)
  try {
    return inspection.findings()
  } finally {
    inspection.close()
  }
}

const tableFindings = (path: string) => [...inspectTables(path)].flat()

test('nothing is found in a sound file', async () => {
  const path = await filledFile()
  expect(wholeFindings(path)).toEqual([])
  expect(tableFindings(path)).toEqual([])
})

test(`of ${FILES} files with a randomised page, each that SQLite notices is told, by both ways of looking`, async () => {
  const sound = await filledFile()
  let noticed = 0
  for (let seed = 1; seed <= FILES; seed++) {
    const path = scratchPath()
    copyFileSync(sound, path)
    randomisePage(path, seed)
    if (!sqliteNotices(path)) continue
    noticed++
    expect({ seed, told: wholeFindings(path).length > 0 }).toEqual({ seed, told: true })
    expect({ seed, told: tableFindings(path).length > 0 }).toEqual({ seed, told: true })
  }
  expect(noticed).toBeGreaterThan(FILES / 2)
}, 30_000)
