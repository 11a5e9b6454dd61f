import { expect, test } from 'bun:test'
import type { AresDatabase } from '../../../../src/db/database.ts'
import { openDatabase } from '../../../../src/db/sqlite/open.ts'
import { lookup } from '../../../../src/db/statements.ts'
import { addApiCalls } from '../../../../src/usage/store.ts'
import { scratchPath } from '../scratch.ts'

const tierOf = lookup(
  'tier_of',
  (db, p: { name: string }) => db.selectFrom('tenants').select('tier').where('name', '=', p.name),
  (rows) => ({ tiers: rows.map(({ tier }) => tier) }),
)

const find = ({ reads }: AresDatabase, name: string) => reads.find(tierOf, { name })

function insert({ writer }: AresDatabase, name: string, tier: string): Promise<unknown> {
  const created = { created_at: '2026-03-13T14:22:00.000Z', deleted_at: null }
  return writer.transaction((trx) =>
    trx
      .insertInto('tenants')
      .values({ id: name, name, tier, status: 'active', ...created })
      .execute(),
  )
}

test('what a lookup found is kept until the next transaction', async () => {
  const path = scratchPath()
  const database = await openDatabase({ path, pid: 1, statements: [addApiCalls] })
  expect(await find(database, 'a')).toBeUndefined()
  await insert(database, 'a', 'free')
  const found = await find(database, 'a')
  expect(found).toEqual({ tiers: ['free'] })
  expect(await find(database, 'a')).toBe(found)
  expect(await find(database, 'b')).toBeUndefined()

  const counted = { key: { tenant_id: 'a', day: '2026-03-13' }, add: { calls: 1 } }
  await database.writer.submit({
    steps: [],
    additions: [{ statement: addApiCalls.name, ...counted }],
  })
  expect(await find(database, 'a')).toBe(found)

  const { writer } = database
  let seenInside: unknown
  await writer.transaction(async (trx) => {
    await trx.updateTable('tenants').set({ tier: 'pro' }).where('id', '=', 'a').execute()
    seenInside = await find(database, 'a')
  })
  expect(seenInside).toBe(found)
  expect(await find(database, 'a')).toEqual({ tiers: ['pro'] })
  await database.close()
})
