import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { mintKey } from '../../../src/api-keys/key.ts'
import { findCredential, listKeys, updateKey } from '../../../src/api-keys/store.ts'
import { ALL_POWERS } from '../../../src/caller/powers.ts'
import { migrate } from '../../../src/db/sqlite/migrate.ts'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import { readFamilyMonth } from '../../../src/ledger/cap-statements.ts'
import { MIGRATIONS } from '../../../migrations/all.ts'
import { scratchPath } from './scratch.ts'

const NOW = '2026-03-13T14:22:00.000Z'
const BEFORE = ['0001_initial', '0002_idempotency']

/** A database as the version before had it: a tenant, three keys (one revoked, one with an end), and what they spent. */
async function databaseOfOld(path: string) {
  const connection = new Database(path)
  connection.pragma('journal_mode = wal')
  const old = Object.fromEntries(BEFORE.map((name) => [name, MIGRATIONS[name]!]))
  expect((await migrate(connection, path, old)).applied).toEqual(BEFORE)
  const keys = ['a', 'b', 'c'].map((id) => ({ id, ...mintKey() }))
  connection
    .prepare('insert into tenants (id, name, tier, status, created_at) values (?, ?, ?, ?, ?)')
    .run('t', 'acme', 'free', 'active', NOW)
  for (const { id, prefix, hash } of keys) {
    connection
      .prepare(
        'insert into api_keys (id, tenant_id, name, prefix, hash, created_at, expires_at, revoked_at) values (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      .run(
        id,
        't',
        `key ${id}`,
        prefix,
        hash,
        NOW,
        id === 'b' ? NOW : null,
        id === 'c' ? NOW : null,
      )
    connection
      .prepare(
        'insert into key_months (key_id, month, runs, tokens, cost_micro_usd) values (?, ?, ?, ?, ?)',
      )
      .run(id, '2026-03', 4, 40, 0)
  }
  connection.close()
  return keys
}

test('keys of an older database keep all their powers, and their count is there when they get a cap', async () => {
  const path = scratchPath()
  const keys = await databaseOfOld(path)
  const database = await openDatabase({ path, pid: 1, statements: [] })
  const { db, reads, writer } = database
  expect(database.migration.applied).toEqual(
    Object.keys(MIGRATIONS).filter((name) => !BEFORE.includes(name)),
  )

  const listed = await listKeys(db, 't')
  expect(
    listed.map(({ id, powers, familyId, replacedBy }) => [id, powers, familyId, replacedBy]),
  ).toEqual([
    ['a', null, 'a', null],
    ['b', null, 'b', null],
  ])
  const credentials = await Promise.all(
    keys.map(({ hash }) => reads.find(findCredential, { hash })),
  )
  expect(
    credentials.map((found) => found && [found.key_id, found.powers, found.expires_at]),
  ).toEqual([['a', null, null], ['b', null, NOW], undefined])

  const spent = await reads.get(readFamilyMonth, { family_id: 'a', month: '2026-03' })
  expect(spent).toEqual({ runs: 4, tokens: 40 })
  const powers = { ...ALL_POWERS, runsPerMonth: 5 }
  await writer.transaction((trx) =>
    updateKey(trx, 'a', { name: 'capped', expiresAt: null, powers }),
  )
  const found = await reads.find(findCredential, { hash: keys[0]!.hash })
  expect(found).toMatchObject({ powers, family_id: 'a' })
  await database.close()

  const copy = new Database(`${path}.before-0003_key_powers`, { readonly: true })
  expect(copy.prepare('select count(*) as keys from api_keys').get()).toEqual({ keys: 3 })
  copy.close()
})
