import { describe, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import type { AresDatabase } from '../../../../src/db/database.ts'
import { openDatabase } from '../../../../src/db/sqlite/open.ts'
import { statement } from '../../../../src/db/statements.ts'
import type { Addition, Change, Step } from '../../../../src/db/change-batch.ts'
import { addApiCalls } from '../../../../src/usage/store.ts'
import { failureOf, scratchPath } from '../scratch.ts'

const NOW = '2026-03-13T14:22:00.000Z'

const insertTenant = statement('insert_tenant', (db, p: { id: string; name: string | null }) =>
  db.insertInto('tenants').values({
    id: p.id,
    name: p.name as string,
    tier: 'free',
    status: 'active',
    created_at: NOW,
    deleted_at: null,
  }),
)
const renameTenant = statement('rename_tenant', (db, p: { id: string; name: string }) =>
  db.updateTable('tenants').set({ name: p.name }).where('id', '=', p.id),
)
const insertKey = statement('insert_key', (db, p: { id: string; tenant_id: string }) =>
  db.insertInto('api_keys').values({
    id: p.id,
    tenant_id: p.tenant_id,
    name: 'k',
    prefix: 'p',
    hash: p.id,
    scopes: null,
    created_at: NOW,
    expires_at: null,
    last_used: null,
    revoked_at: null,
    family_id: p.id,
  }),
)
const callsOf = statement('calls_of', (db, p: { tenant_id: string }) =>
  db.selectFrom('api_calls_daily').select('calls').where('tenant_id', '=', p.tenant_id),
)
const STATEMENTS = [insertTenant, renameTenant, insertKey, callsOf, addApiCalls]

const RENAME_OR_INSERT: Step = {
  statement: renameTenant.name,
  params: { id: 'a', name: 'a' },
  otherwise: { statement: insertTenant.name },
}

async function open(maxWaiting?: number): Promise<{ database: AresDatabase; path: string }> {
  const path = scratchPath()
  const options = { path, pid: 1, statements: STATEMENTS }
  return {
    path,
    database: await openDatabase(maxWaiting === undefined ? options : { ...options, maxWaiting }),
  }
}

function tenant(id: string, name: string | null = id): Step {
  return { statement: insertTenant.name, params: { id, name } }
}

function calls(tenantId: string, count: number): Addition {
  return {
    statement: addApiCalls.name,
    key: { tenant_id: tenantId, day: '2026-03-13' },
    add: { calls: count },
  }
}

function only(...steps: Step[]): Change {
  return { steps, additions: [] }
}

async function names({ db }: AresDatabase): Promise<string> {
  const rows = await db.selectFrom('tenants').select('name').orderBy('name').execute()
  return rows.map(({ name }) => name).join('')
}

describe('changes', () => {
  test('those of one turn are one commit', async () => {
    const { database } = await open()
    const before = await dataVersion(database)
    await Promise.all(['a', 'b', 'c'].map((id) => database.writer.submit(only(tenant(id)))))
    expect(await names(database)).toBe('abc')
    expect((await dataVersion(database)) - before).toBe(1)
    await database.close()
  })

  test('a resolved change is committed: another connection sees it', async () => {
    const { database, path } = await open()
    await database.writer.submit(only(tenant('a')))
    const other = new Database(path, { readonly: true })
    expect(other.prepare('select name from tenants').all()).toEqual([{ name: 'a' }])
    other.close()
    await database.close()
  })

  const BAD: [string, Step][] = [
    ['a missing value', tenant('bad', null)],
    ['a duplicate id', tenant('a')],
    ['a duplicate name', { statement: insertTenant.name, params: { id: 'bad', name: 'a' } }],
    ['an unknown parent', { statement: insertKey.name, params: { id: 'k', tenant_id: 'nobody' } }],
    ['an unknown statement', { statement: 'no_such_statement', params: {} }],
    ['a missing parameter', { statement: renameTenant.name, params: { id: 'a' } }],
  ]

  test.each(BAD)('one with %s fails alone, not its neighbours', async (_what, bad) => {
    const { database } = await open()
    await database.writer.submit(only(tenant('a')))
    const results = await Promise.allSettled([
      database.writer.submit({ steps: [tenant('b')], additions: [calls('t', 1)] }),
      database.writer.submit({ steps: [tenant('x'), bad], additions: [calls('t', 100)] }),
      database.writer.submit({ steps: [tenant('c')], additions: [calls('t', 1)] }),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    // Nothing of the bad one stays, its good step included.
    expect(await names(database)).toBe('abc')
    expect(await database.reads.get(callsOf, { tenant_id: 't' })).toEqual({ calls: 2 })
    await database.writer.submit(only(tenant('d')))
    expect(await names(database)).toBe('abcd')
    await database.close()
  })

  test('a step that changes nothing refuses the change, and nothing of it is written', async () => {
    const { database } = await open()
    const refusing: Step = {
      statement: renameTenant.name,
      params: { id: 'nobody', name: 'x' },
      otherwise: 'refuse',
    }
    const [first, second] = await Promise.all([
      database.writer.submit({ steps: [refusing, tenant('a')], additions: [calls('t', 1)] }),
      database.writer.submit({ steps: [tenant('b')], additions: [calls('t', 1)] }),
    ])
    expect(first).toEqual({ refused: true })
    expect(second).toMatchObject({ refused: false })
    expect(await names(database)).toBe('b')
    expect(await database.reads.get(callsOf, { tenant_id: 't' })).toEqual({ calls: 1 })
    await database.close()
  })

  test('a step that changes nothing gives way to the other statement', async () => {
    const { database } = await open()
    for (let i = 0; i < 2; i++) {
      expect(await database.writer.submit(only(RENAME_OR_INSERT))).toMatchObject({ refused: false })
    }
    expect(await names(database)).toBe('a')
    await database.close()
  })

  test('additions to one row are merged into one statement, and readings see their sum', async () => {
    const { database } = await open()
    const reading = { statement: callsOf.name, params: { tenant_id: 't' } }
    const results = await Promise.all([
      database.writer.submit({ steps: [], additions: [calls('t', 1)], reading }),
      database.writer.submit({ steps: [], additions: [calls('t', 20), calls('u', 5)], reading }),
      database.writer.submit({ steps: [], additions: [calls('t', 300)], reading }),
    ])
    for (const result of results) expect(result).toEqual({ refused: false, row: { calls: 321 } })
    expect(await database.reads.get(callsOf, { tenant_id: 'u' })).toEqual({ calls: 5 })
    await database.writer.submit({ steps: [], additions: [calls('t', 1000)] })
    expect(await database.reads.get(callsOf, { tenant_id: 't' })).toEqual({ calls: 1321 })
    await database.close()
  })

  test('merging does not touch what the caller handed over', async () => {
    const { database } = await open()
    const [first, second] = [calls('t', 1), calls('t', 2)]
    await Promise.all(
      [first, second].map((addition) =>
        database.writer.submit({ steps: [], additions: [addition] }),
      ),
    )
    expect([first, second]).toEqual([calls('t', 1), calls('t', 2)])
    await database.close()
  })

  test('a thousand at once are all committed, in order', async () => {
    const { database } = await open()
    const ids = Array.from({ length: 1000 }, (_, index) => String(index).padStart(4, '0'))
    await Promise.all(
      ids.map((id) => database.writer.submit({ steps: [tenant(id)], additions: [calls('t', 1)] })),
    )
    const rows = await sql<{ id: string }>`select id from tenants order by rowid`.execute(
      database.db,
    )
    expect(rows.rows.map(({ id }) => id)).toEqual(ids)
    expect(await database.reads.get(callsOf, { tenant_id: 't' })).toEqual({ calls: 1000 })
    await database.close()
  })
})

const insert = (trx: AresDatabase['db'], id: string) =>
  trx
    .insertInto('tenants')
    .values({ id, name: id, tier: 'free', status: 'active', created_at: NOW, deleted_at: null })
    .execute()

describe('transactions', () => {
  test('one that resolves is committed and gives its result', async () => {
    const { database } = await open()
    const result = await database.writer.transaction(async (trx) => {
      await insert(trx, 'a')
      return 42
    })
    expect(result).toBe(42)
    expect(await names(database)).toBe('a')
    await database.close()
  })

  test('one that throws is rolled back whole, and the error is the one thrown', async () => {
    const { database } = await open()
    const failure = new Error('changed my mind')
    const work = database.writer.transaction(async (trx) => {
      await insert(trx, 'a')
      throw failure
    })
    expect(await work.catch((error: unknown) => error)).toBe(failure)
    expect(await names(database)).toBe('')
    await database.writer.transaction((trx) => insert(trx, 'b'))
    expect(await names(database)).toBe('b')
    await database.close()
  })

  test('a nested one throws instead of waiting for itself', async () => {
    const { database } = await open()
    const { writer } = database
    await writer.transaction(async (trx) => {
      await insert(trx, 'a')
      expect(await failureOf(writer.transaction((inner) => insert(inner, 'b')))).toContain(
        'open already',
      )
      expect(await failureOf(writer.submit(only(tenant('c'))))).toContain('open already')
    })
    expect(await names(database)).toBe('a')
    await database.close()
  })

  test('changes and transactions never see each other half done', async () => {
    const { database } = await open()
    const jobs: Promise<unknown>[] = []
    for (let i = 0; i < 50; i++) {
      jobs.push(
        database.writer.transaction(async (trx) => {
          const { count } = await trx
            .selectFrom('tenants')
            .select((eb) => eb.fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow()
          await insert(trx, `t${i}`)
          await insert(trx, `u${i}`)
          const { count: after } = await trx
            .selectFrom('tenants')
            .select((eb) => eb.fn.countAll<number>().as('count'))
            .executeTakeFirstOrThrow()
          expect(after).toBe(count + 2)
        }),
        database.writer.submit(only(tenant(`c${i}`))),
      )
    }
    await Promise.all(jobs)
    await database.writer.drain()
    const { count } = await database.db
      .selectFrom('tenants')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(150)
    await database.close()
  })

  test('readers see committed data only, and cannot write', async () => {
    const { database } = await open()
    await database.writer.transaction(async (trx) => {
      await insert(trx, 'a')
      expect(await names(database)).toBe('')
    })
    expect(await names(database)).toBe('a')
    expect(await failureOf(database.db.deleteFrom('tenants').execute())).toContain('readonly')
    await database.close()
  })
})

describe('a full queue', () => {
  const OVERLOADED = expect.objectContaining({ code: 'overloaded', retryAfterS: 1 })

  test('refuses what would begin something and keeps what has to be told', async () => {
    const { database } = await open(2)
    const { writer } = database
    const taken: Promise<unknown>[] = [
      writer.submit(only(tenant('a')), 'refuse'),
      writer.transaction((trx) => insert(trx, 'b')),
    ]
    const refused = await Promise.allSettled([
      writer.submit(only(tenant('x')), 'refuse'),
      writer.transaction((trx) => insert(trx, 'y')),
    ])
    for (const result of refused) {
      expect(result).toEqual({ status: 'rejected', reason: OVERLOADED })
    }
    taken.push(writer.submit(only(tenant('c'))))
    await Promise.all(taken)
    expect(await names(database)).toBe('abc')
    await database.close()
  })

  test('takes everything again once it is written', async () => {
    const { database } = await open(1)
    for (const id of ['a', 'b', 'c']) await database.writer.submit(only(tenant(id)), 'refuse')
    await database.writer.transaction((trx) => insert(trx, 'd'))
    expect(await names(database)).toBe('abcd')
    await database.close()
  })
})

describe('what strangers cause', () => {
  test('is no reason to refuse anybody, and is never refused', async () => {
    const { database } = await open(1)
    const { writer } = database
    const last = ['x', 'y', 'z'].map((id) => writer.submitLast(only(tenant(id))))
    await writer.submit(only(tenant('a')), 'refuse')
    await Promise.all([...last, writer.transaction((trx) => insert(trx, 'b'))])
    expect(await names(database)).toBe('abxyz')
    await database.close()
  })

  test('waits for transactions, and goes along with changes', async () => {
    const { database } = await open()
    const { writer } = database
    const order: string[] = []
    const noted = (name: string) => () => void order.push(name)
    const last = writer.submitLast(only(tenant('x'))).then(noted('x'))
    const transactions = ['a', 'b', 'c'].map((id) =>
      writer.transaction((trx) => insert(trx, id)).then(noted(id)),
    )
    await Promise.all([last, ...transactions])
    expect(order).toEqual(['a', 'b', 'c', 'x'])

    const together = [
      writer.submitLast(only(tenant('y'))).then(noted('y')),
      writer.submit(only(tenant('d'))).then(noted('d')),
      writer.transaction((trx) => insert(trx, 'e')).then(noted('e')),
      writer.transaction((trx) => insert(trx, 'f')).then(noted('f')),
    ]
    await Promise.all(together)
    expect(order.slice(4)).toEqual(['d', 'y', 'e', 'f'])
    await database.close()
  })

  test('fails alone', async () => {
    const { database } = await open()
    const { writer } = database
    const fails = failureOf(writer.submitLast(only(tenant('x', null))))
    await writer.submit(only(tenant('a')))
    expect(await fails).toContain('NOT NULL')
    expect(await names(database)).toBe('a')
    await database.close()
  })
})

describe('storage in trouble', () => {
  test('while another process holds the lock everybody gets storage_unavailable; then it goes on', async () => {
    const { database, path } = await open()
    const other = new Database(path)
    other.exec('begin immediate')
    const unavailable = expect.objectContaining({ code: 'storage_unavailable', retryAfterS: 5 })
    const results = await Promise.allSettled([
      database.writer.submit(only(tenant('a'))),
      database.writer.submit(only(tenant('b'))),
      database.writer.transaction(async () => 1),
    ])
    for (const result of results) {
      expect(result).toEqual({ status: 'rejected', reason: unavailable })
    }
    other.exec('rollback')
    other.close()
    await database.writer.submit(only(tenant('c')))
    expect(await names(database)).toBe('c')
    await database.close()
  })
})

/** Grows by one with each commit of another connection. */
async function dataVersion({ db }: AresDatabase): Promise<number> {
  const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(db)
  return rows[0]!.data_version
}
