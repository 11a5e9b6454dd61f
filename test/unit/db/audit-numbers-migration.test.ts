import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { listAudit, recordAudit } from '../../../src/audit/store.ts'
import { migrate } from '../../../src/db/sqlite/migrate.ts'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import { MIGRATIONS } from '../../../migrations/all.ts'
import { scratchPath } from './scratch.ts'

const NOW = '2026-03-13T14:22:00.000Z'
const BEFORE = ['0001_initial', '0002_idempotency', '0003_key_powers', '0004_alerts_by_time']
const ANY = { action: null, actor: null, tenantId: null, from: null, to: null }

/** A database as the version before had it, with entries of these actions. */
async function databaseOfOld(path: string, actions: string[]): Promise<void> {
  const connection = new Database(path)
  connection.pragma('journal_mode = wal')
  const old = Object.fromEntries(BEFORE.map((name) => [name, MIGRATIONS[name]!]))
  expect((await migrate(connection, path, old)).applied).toEqual(BEFORE)
  const insert = connection.prepare(
    'insert into audit_log (seq, id, action, actor, details, timestamp) values (?, ?, ?, ?, ?, ?)',
  )
  actions.forEach((action, index) =>
    insert.run(index + 1, `id-${index}`, action, 'admin', '{}', NOW),
  )
  connection.close()
}

test('entries of an older database are numbered without those of strangers, and go on from there', async () => {
  const path = scratchPath()
  const failed = 'admin.auth_failed'
  await databaseOfOld(path, [failed, 'tenant.created', failed, failed, 'api_key.created', failed])
  const database = await openDatabase({ path, pid: 1, statements: [] })
  const { db, writer } = database
  await writer.transaction((trx) =>
    recordAudit(
      trx,
      { newId: () => 'new', now: NOW },
      { action: 'tenant.deleted', actor: 'admin', details: {} },
    ),
  )
  const entries = await listAudit(db, { floor: 1, below: 100 }, ANY, 100)
  expect(entries.map(({ place, seq, action }) => [place, seq, action])).toEqual([
    [7, 3, 'tenant.deleted'],
    [6, null, failed],
    [5, 2, 'api_key.created'],
    [4, null, failed],
    [3, null, failed],
    [2, 1, 'tenant.created'],
    [1, null, failed],
  ])
  await database.close()
})
