import { describe, expect, test } from 'bun:test'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AresDatabase } from '../../../../src/db/database.ts'
import { openDatabase } from '../../../../src/db/sqlite/open.ts'
import { writeReadiness } from '../../../../src/platform/store.ts'
import { scratchPath } from '../scratch.ts'

async function open() {
  const database = await openDatabase({ path: scratchPath(), pid: 1, statements: [writeReadiness] })
  await write(database)
  return database
}

function write({ writer }: AresDatabase) {
  const params = { checked_at: '2026-03-13T14:22:00.000Z' }
  return writer.submit({
    steps: [{ statement: writeReadiness.name, params }],
    additions: [],
  })
}

async function stateAfter(database: AresDatabase): Promise<string | undefined> {
  await database.verify()
  return database.soundness.fault?.state
}

function replace(path: string): void {
  copyFileSync(path, `${path}.new`)
  renameSync(`${path}.new`, path)
}

describe('files that are held', () => {
  test('stay what they are while the log is folded, pages are given back and others read', async () => {
    const database = await open()
    for (let i = 0; i < 5; i++) {
      await database.writer.transaction(async (trx) => {
        await trx
          .insertInto('tenants')
          .values({
            id: `${i}`,
            name: 'x'.repeat(2_000_000),
            tier: 'free',
            status: 'active',
            created_at: '2026-03-13T14:22:00.000Z',
            deleted_at: '2026-03-13T14:22:00.000Z',
          })
          .execute()
        await trx.deleteFrom('tenants').execute()
      })
    }
    expect(await stateAfter(database)).toBeUndefined()
    await database.close()
  })

  const replaced = [
    ['the file was deleted', (path: string) => rmSync(path)],
    ['the file was replaced', replace],
    ['the file was moved and linked to', (path: string) => moveAndLink(path)],
    ['the log was deleted', (path: string) => rmSync(`${path}-wal`)],
    ['the log was replaced', (path: string) => replace(`${path}-wal`)],
    ['the index of the log was deleted', (path: string) => rmSync(`${path}-shm`)],
    ['the folder was deleted', (path: string) => rmSync(dirname(path), { recursive: true })],
    ['the folder was replaced', (path: string) => replaceFolder(dirname(path))],
  ] as const
  test.each(replaced)('%s: nothing can be trusted', async (_what, act) => {
    const database = await open()
    act(database.path)
    expect(await stateAfter(database)).toBe('untrusted')
    const refused = await write(database).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'storage_damaged' })
  })

  test.each(['deleted', 'replaced'])(
    'the lock was %s: ours to end, with everything recorded',
    async (how) => {
      const database = await open()
      const lock = `${database.path}.lock`
      if (how === 'deleted') rmSync(lock)
      else replace(lock)
      expect(await stateAfter(database)).toBe('disowned')
      await write(database)
      await database.close()
    },
  )

  test('nothing is acknowledged that is on the disk under no name', async () => {
    const database = await open()
    rmSync(database.path)
    const refused = await write(database).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'storage_damaged' })
    expect(database.soundness.fault?.state).toBe('untrusted')
  })

  test('beside another file our log is moved away; without any it stays', async () => {
    const beside = await open()
    replace(beside.path)
    await beside.abandon()
    expect(existsSync(`${beside.path}-wal`)).toBe(false)
    expect(existsSync(`${beside.path}-wal.replaced`)).toBe(true)

    const alone = await open()
    rmSync(alone.path)
    await alone.abandon()
    expect(existsSync(`${alone.path}-wal`)).toBe(true)
  })
})

function moveAndLink(path: string): void {
  renameSync(path, `${path}.moved`)
  symlinkSync(`${path}.moved`, path)
}

function replaceFolder(folder: string): void {
  renameSync(folder, `${folder}.old`)
  mkdirSync(folder)
  copyFileSync(join(`${folder}.old`, 'ares.db'), join(folder, 'ares.db'))
}
