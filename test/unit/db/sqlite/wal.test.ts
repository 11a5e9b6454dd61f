import { describe, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { statSync } from 'node:fs'
import type { AresDatabase } from '../../../../src/db/database.ts'
import { openDatabase } from '../../../../src/db/sqlite/open.ts'
import { Soundness } from '../../../../src/db/soundness.ts'
import { statement } from '../../../../src/db/statements.ts'
import { type CommitLog, Wal } from '../../../../src/db/sqlite/wal.ts'
import { SqliteWriter } from '../../../../src/db/sqlite/writer.ts'
import { someTurns, until } from '../../../waiting.ts'
import { scratchPath } from '../scratch.ts'

const LONG_BYTES = 1000 * 4096

/** A thousand commits, each with a sync of its own, on a disk that others use too. */
const SLOW_MS = 60_000

const insertTenant = statement('insert_tenant', (db, p: { id: string; name: string }) =>
  db.insertInto('tenants').values({
    id: p.id,
    name: p.name,
    tier: 'free',
    status: 'active',
    created_at: '2026-03-13T14:22:00.000Z',
    deleted_at: null,
  }),
)

const insert = (id: string, name = id) => ({
  steps: [{ statement: insertTenant.name, params: { id, name } }],
  additions: [],
})

const open = (path: string) => openDatabase({ path, pid: 1, statements: [insertTenant] })

/** Rows of 4 kB, each in a commit of its own. */
async function write({ writer }: AresDatabase, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i++) await writer.submit(insert(`t${i}`, `${i} ${'x'.repeat(4000)}`))
}

function rowsIn(path: string): number {
  const connection = new Database(path, { readonly: true })
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
  const { count } = connection.prepare('select count(*) as count from tenants').get() as {
    count: number
  }
  connection.close()
  return count
}

describe('the log', () => {
  test(
    'is folded into the file when it is long, and nothing is lost',
    async () => {
      const path = scratchPath()
      const database = await open(path)
      let longest = 0
      for (let i = 0; i < 1200; i += 50) {
        await write(database, i, i + 50)
        await database.writer.drain()
        longest = Math.max(longest, statSync(`${path}-wal`).size)
      }
      expect(longest).toBeGreaterThan(LONG_BYTES / 4)
      expect(longest).toBeLessThan(LONG_BYTES * 1.5)
      expect(statSync(path).size).toBeGreaterThan(1000 * 4096)
      // What is in the file and what is still in the log, as another process would find it now.
      expect(rowsIn(path)).toBe(1200)
      await database.close()
      expect(rowsIn(path)).toBe(1200)
    },
    SLOW_MS,
  )

  test(
    'grows while a reader holds an older state, and is folded afterwards',
    async () => {
      const path = scratchPath()
      const database = await open(path)
      await write(database, 0, 10)
      const reader = new Database(path, { readonly: true })
      reader.exec('begin')
      expect(reader.prepare('select count(*) as count from tenants').get()).toEqual({ count: 10 })
      await write(database, 10, 800)
      await database.writer.drain()
      expect(statSync(`${path}-wal`).size).toBeGreaterThan(LONG_BYTES * 1.5)
      expect(reader.prepare('select count(*) as count from tenants').get()).toEqual({ count: 10 })
      reader.exec('commit')
      reader.close()
      await write(database, 800, 1300)
      await database.writer.drain()
      expect(statSync(`${path}-wal`).size).toBeLessThan(LONG_BYTES * 1.5)
      expect(rowsIn(path)).toBe(1300)
      await database.close()
    },
    SLOW_MS,
  )

  test(
    'is written over once it is long, and keeps its length',
    async () => {
      const path = scratchPath()
      const database = await open(path)
      await write(database, 0, 450)
      await database.writer.drain()
      const { size } = statSync(`${path}-wal`)
      await write(database, 450, 1500)
      await database.writer.drain()
      // What is committed together may end beyond where the last round was folded.
      expect(statSync(`${path}-wal`).size).toBeLessThan(size * 1.1)
      expect(statSync(`${path}-wal`).size).toBeGreaterThanOrEqual(size)
      expect(rowsIn(path)).toBe(1500)
      await database.close()
    },
    SLOW_MS,
  )

  test('with a reader in the way goes on behind its end, and loses nothing', async () => {
    const path = scratchPath()
    await (await open(path)).close()
    const connection = new Database(path)
    const wal = new Wal(connection)
    connection.exec('create table long (text)')
    const insertLong = connection.prepare('insert into long values (?)')
    insertLong.run('x'.repeat(LONG_BYTES))
    const reader = new Database(path, { readonly: true })
    reader.exec('begin')
    expect(reader.prepare('select count(*) as count from long').get()).toEqual({ count: 1 })
    // It sees the end of the log: all can be copied, and nothing may be written over.
    await wal.foldIfLong()
    insertLong.run('y')
    expect(reader.prepare('select count(*) as count from long').get()).toEqual({ count: 1 })
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok')
    reader.close()
    const [{ log }] = connection.pragma('wal_checkpoint(noop)') as [{ log: number }]
    expect(log * 4096).toBeGreaterThan(LONG_BYTES)
    expect(connection.prepare('select count(*) as count from long').get()).toEqual({ count: 2 })
    connection.close()
    wal.close()
  })

  test('a reader that is in the way is not waited for: others need the thread meanwhile', async () => {
    const path = scratchPath()
    await (await open(path)).close()
    const said: string[] = []
    const connection = new Database(path, {
      timeout: 200,
      verbose: (sql) => said.push(String(sql)),
    })
    const wal = new Wal(connection)
    connection.exec('create table long (text)')
    connection.prepare('insert into long values (?)').run('x'.repeat(2 * LONG_BYTES))
    await wal.foldIfLong()
    const begun = said.indexOf('PRAGMA busy_timeout = 0')
    const truncated = said.indexOf('PRAGMA wal_checkpoint(truncate)')
    expect(begun).toBeGreaterThan(0)
    expect(truncated).toBeGreaterThan(begun)
    expect(connection.pragma('busy_timeout', { simple: true })).toBe(200)
    connection.close()
    wal.close()
  })
})

/** A log whose syncs end when the test says so. */
class GatedLog implements CommitLog {
  syncs: PromiseWithResolvers<void>[] = []

  sync(): Promise<void> {
    const sync = Promise.withResolvers<void>()
    this.syncs.push(sync)
    return sync.promise
  }

  foldIfLong(): Promise<void> {
    return Promise.resolve()
  }
}

async function gated() {
  const path = scratchPath()
  await (await open(path)).close()
  const connection = new Database(path)
  const log = new GatedLog()
  const soundness = new Soundness()
  const writer = new SqliteWriter(connection, {
    statements: [insertTenant],
    maxWaiting: Infinity,
    log,
    onTransaction: () => {},
    soundness,
  })
  return { writer, log, soundness, connection }
}

describe('a commit', () => {
  test('is told to nobody before the log is synced; meanwhile the next ones gather', async () => {
    const { writer, log, connection } = await gated()
    const told: string[] = []
    const tell = (id: string) => writer.submit(insert(id)).then(() => told.push(id))
    const first = tell('a')
    await until(() => log.syncs.length === 1)
    const rest = [tell('b'), tell('c'), writer.transaction(async () => told.push('transaction'))]
    await someTurns()
    expect(connection.prepare('select id from tenants').all()).toEqual([{ id: 'a' }])
    expect(told).toEqual([])
    log.syncs[0]!.resolve()
    await first
    expect(told).toEqual(['a'])
    await until(() => log.syncs.length === 2)
    log.syncs[1]!.resolve()
    await Promise.all(rest)
    expect(told.slice(1).toSorted()).toEqual(['b', 'c', 'transaction'])
    connection.close()
  })

  test('of which to hear is enough is told at once, and synced although nobody waits', async () => {
    const { writer, log, connection } = await gated()
    await writer.submit(insert('a'), 'wait', 'committed')
    expect(connection.prepare('select id from tenants').all()).toEqual([{ id: 'a' }])
    await until(() => log.syncs.length === 1)
    const durable = writer.durable()
    log.syncs[0]!.resolve()
    await durable
    // There is nothing left to wait for.
    await writer.durable()
    expect(log.syncs).toHaveLength(1)
    connection.close()
  })

  test('of which to hear is enough does not wait for a sync that is under way', async () => {
    const { writer, log, connection } = await gated()
    const told: string[] = []
    const first = writer.submit(insert('a')).then(() => told.push('a'))
    await until(() => log.syncs.length === 1)
    const along = writer.submit(insert('b')).then(() => told.push('b'))
    await writer.submit(insert('c'), 'wait', 'committed')
    expect(connection.prepare('select id from tenants').all()).toHaveLength(3)
    const durable = writer.durable().then(() => told.push('c is durable'))
    expect(told).toEqual([])
    log.syncs[0]!.resolve()
    await first
    await until(() => log.syncs.length === 2)
    // Both were committed after the first sync began.
    expect(told).toEqual(['a'])
    log.syncs[1]!.resolve()
    await Promise.all([along, durable])
    connection.close()
  })

  test('made while a sync fails is lost with it, whatever the next one says', async () => {
    const { writer, log, connection } = await gated()
    const failed = [writer.submit(insert('a')).catch((error: unknown) => error)]
    await until(() => log.syncs.length === 1)
    await writer.submit(insert('b'), 'wait', 'committed')
    failed.push(writer.durable().catch((error: unknown) => error))
    log.syncs[0]!.reject(Object.assign(new Error('EIO'), { code: 'SQLITE_IOERR_FSYNC' }))
    const unavailable = expect.objectContaining({ code: 'storage_unavailable' })
    expect(await Promise.all(failed)).toEqual([unavailable, unavailable])
    expect(await writer.durable().catch((error: unknown) => error)).toEqual(unavailable)
    expect(log.syncs).toHaveLength(1)
    connection.close()
  })

  test('whose sync failed is told as such, and nothing is written any more', async () => {
    const { writer, log, soundness, connection } = await gated()
    const unavailable = expect.objectContaining({ code: 'storage_unavailable' })
    const work = writer.submit(insert('a')).catch((error: unknown) => error)
    await until(() => log.syncs.length === 1)
    log.syncs[0]!.reject(Object.assign(new Error('EIO'), { code: 'SQLITE_IOERR_FSYNC' }))
    expect(await work).toEqual(unavailable)
    expect(soundness.fault?.state).toBe('untrusted')
    expect(await writer.submit(insert('b')).catch((error: unknown) => error)).toEqual(unavailable)
    expect(connection.prepare('select id from tenants').all()).toEqual([{ id: 'a' }])
    connection.close()
  })
})

test('a sync that fails has the name of one', async () => {
  const path = scratchPath()
  const connection = new Database(path)
  connection.pragma('journal_mode = wal')
  connection.exec('create table t (id integer)')
  const wal = new Wal(connection)
  wal.close()
  const failure: unknown = await wal.sync().catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'SQLITE_IOERR_FSYNC' })
  connection.close()
})
