import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import type { AresDatabase } from '../../../src/db/database.ts'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import { createLog } from '../../../src/log.ts'
import type { DiskLevel } from '../../../src/retention/disk-level.ts'
import {
  droppingContents,
  listOldestContents,
  RETENTION_STATEMENTS,
} from '../../../src/retention/store.ts'
import { Sweeper } from '../../../src/retention/sweeper.ts'
import { TestClock } from '../../harness.ts'
import { scratchPath } from '../db/scratch.ts'

const clock = new TestClock('2026-03-13T14:22:00.000Z')
const ALL = 'ffffffff'

/** A database with contents of so many characters each, all of them 40 days old. */
async function withContents(...sizes: number[]): Promise<AresDatabase> {
  const path = scratchPath()
  const database = await openDatabase({ path, pid: 1, statements: RETENTION_STATEMENTS })
  await database.writer.transaction(async (trx) => {
    const startMs = clock.now().getTime() - 40 * 24 * 3600 * 1000
    for (const [i, size] of sizes.entries()) {
      const id = Bun.randomUUIDv7('hex', startMs + i)
      await sql`insert into runs (id, tenant_id, kind, status, key_id, model, provider, started_at, node_id)
        values (${id}, 't', 'chat', 'completed', 'k', 'm', 'p', '', 'n')`.execute(trx)
      const content = { run_id: id, input: 'x'.repeat(size), output: null, error: null }
      await trx.insertInto('run_contents').values(content).execute()
    }
  })
  return database
}

function sweeperOf({ file, reads, writer }: AresDatabase, level: DiskLevel = 'enough') {
  const retention = {
    contentDays: 30,
    maxDatabaseBytes: 1024 ** 3,
    authFailureDays: 7,
    lowDiskBytes: null,
    minDiskBytes: null,
  }
  const log = createLog({ level: 'error', pretty: false, write() {}, now: () => clock.now() })
  const disk = { level, missingBytes: 0 }
  return new Sweeper({ config: { retention }, file, reads, writer, clock, log, disk })
}

function left({ reads }: AresDatabase) {
  return listOldestContents(reads, ALL)
}

test('the oldest contents are found from the start of the index', async () => {
  const database = await withContents(10, 20)
  const { rows } = await sql<{ detail: string }>`
    explain query plan select run_id, octet_length(input) from run_contents
    where run_id < ${ALL} order by run_id limit 100`.execute(database.db)
  expect(rows.map(({ detail }) => detail)).toEqual([
    'SEARCH run_contents USING INDEX sqlite_autoindex_run_contents_1 (run_id<?)',
  ])
  expect((await left(database)).map(({ bytes }) => bytes)).toEqual([10, 20])
  await database.close()
})

test('at most 100 contents are listed, and dropping them leaves the younger ones', async () => {
  const database = await withContents(...Array.from({ length: 130 }, (_, i) => i))
  const contents = await left(database)
  expect(contents.map(({ bytes }) => bytes)).toEqual(Array.from({ length: 100 }, (_, i) => i))
  await database.writer.submit(droppingContents(contents.at(-1)!.run_id))
  expect((await left(database)).map(({ bytes }) => bytes)[0]).toBe(100)
  await database.close()
})

test('exactly as many free pages as asked for are given back', async () => {
  const database = await withContents(400_000)
  const [only] = await left(database)
  await database.writer.submit(droppingContents(only!.run_id))
  const before = await database.file.pages()
  expect(before.freelist_count).toBeGreaterThan(64)
  await database.file.giveBack(64)
  const after = await database.file.pages()
  expect(after.page_count).toBe(before.page_count - 64)
  expect(after.freelist_count).toBe(before.freelist_count - 64)
  await database.close()
})

test('a sweep leaves a tenth of the file free, and on a short disk nothing', async () => {
  const database = await withContents(2_000_000)
  expect(await sweeperOf(database).sweep()).toBe(true)
  const { page_count, freelist_count } = await database.file.pages()
  expect(freelist_count).toBe(Math.ceil(page_count / 10))
  expect(await sweeperOf(database, 'low').sweep()).toBe(true)
  expect((await database.file.pages()).freelist_count).toBe(0)
  await database.close()
})

test('a sweep ends where the file keeps its free pages', async () => {
  const database = await withContents(400_000)
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(database.db)
  const path = rows[0]!.file
  await database.close()
  const rebuilt = new Database(path)
  rebuilt.pragma('auto_vacuum = none')
  rebuilt.exec('vacuum')
  rebuilt.close()

  const reopened = await openDatabase({ path, pid: 1, statements: RETENTION_STATEMENTS })
  expect(await sweeperOf(reopened).sweep()).toBe(true)
  expect(await left(reopened)).toEqual([])
  expect((await reopened.file.pages()).freelist_count).toBeGreaterThan(64)
  await reopened.close()
})

test('a stopped sweeper does nothing more', async () => {
  const database = await withContents(10)
  const sweeper = sweeperOf(database)
  sweeper.stop()
  expect(await sweeper.sweep()).toBe(false)
  expect(await left(database)).toHaveLength(1)
  await database.close()
})
