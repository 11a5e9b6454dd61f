import { describe, expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { copyFileSync, existsSync, readFileSync, statSync } from 'node:fs'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { MIGRATIONS } from '../../../../migrations/all.ts'
import { ForeignSchema, migrate, SchemaTooNew } from '../../../../src/db/sqlite/migrate.ts'
import { openDatabase } from '../../../../src/db/sqlite/open.ts'
import { failureOf, scratchPath } from '../scratch.ts'

function creates(table: string): Migration {
  return {
    up: async (db: Kysely<unknown>) => {
      await sql`create table ${sql.table(table)} (id integer)`.execute(db)
    },
  }
}

const ONE = { '0001_one': creates('one') }
const TWO = { ...ONE, '0002_two': creates('two') }

const FAILING = {
  ...ONE,
  '0002_two': creates('two'),
  '0003_three': {
    up: async (db: Kysely<unknown>) => {
      await creates('three').up(db)
      throw new Error('the third failed')
    },
  },
}

function tables(connection: InstanceType<typeof Database>): string[] {
  const rows = connection
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'kysely%'`)
    .all() as { name: string }[]
  return rows.map(({ name }) => name).toSorted()
}

/** A fresh file in WAL mode, as the program opens it. */
function connect(path: string) {
  const connection = new Database(path)
  connection.pragma('journal_mode = wal')
  return connection
}

describe('migrate', () => {
  test('a new file gets every migration, and no copy', async () => {
    const path = scratchPath()
    const connection = connect(path)
    expect(await migrate(connection, path, TWO)).toEqual({
      applied: ['0001_one', '0002_two'],
      copy: null,
    })
    expect(tables(connection)).toEqual(['one', 'two'])
    connection.close()
  })

  test('a file that is up to date is left alone', async () => {
    const path = scratchPath()
    const connection = connect(path)
    await migrate(connection, path, TWO)
    expect(await migrate(connection, path, TWO)).toEqual({ applied: [], copy: null })
    connection.close()
  })

  test('an older file is copied before its pending migrations', async () => {
    const path = scratchPath()
    const connection = connect(path)
    await migrate(connection, path, ONE)
    connection.exec('insert into one values (7)')

    const report = await migrate(connection, path, TWO)

    expect(report.applied).toEqual(['0002_two'])
    expect(report.copy).toBe(`${path}.before-0002_two`)
    expect(tables(connection)).toEqual(['one', 'two'])
    const copy = new Database(report.copy!, { readonly: true })
    expect(tables(copy)).toEqual(['one'])
    expect(copy.prepare('select id from one').all()).toEqual([{ id: 7 }])
    copy.close()
    connection.close()
  })

  test('a failure rolls back all, earlier migrations of the same start included, and can be tried again', async () => {
    const path = scratchPath()
    const connection = connect(path)
    await migrate(connection, path, ONE)
    connection.exec('insert into one values (7)')

    expect(await failureOf(migrate(connection, path, FAILING))).toContain('the third failed')

    expect(connection.inTransaction).toBe(false)
    expect(tables(connection)).toEqual(['one'])
    expect(connection.prepare('select id from one').all()).toEqual([{ id: 7 }])
    expect(connection.prepare('select name from kysely_migration').all()).toEqual([
      { name: '0001_one' },
    ])
    // The copy of the attempt that failed is replaced.
    expect(existsSync(`${path}.before-0002_two`)).toBe(true)
    expect((await migrate(connection, path, TWO)).applied).toEqual(['0002_two'])
    connection.close()
  })

  test('a failure on a new file leaves nothing behind', async () => {
    const path = scratchPath()
    const connection = connect(path)
    expect(await failureOf(migrate(connection, path, FAILING))).toContain('the third failed')
    expect(tables(connection)).toEqual([])
    expect((await migrate(connection, path, TWO)).applied).toEqual(['0001_one', '0002_two'])
    connection.close()
  })
})

const open = (path: string) => openDatabase({ path, pid: 1, statements: [] })

function picture(path: string) {
  return { bytes: readFileSync(path).toString('base64'), changed: statSync(path).mtimeMs }
}

describe('openDatabase', () => {
  test('a schema of a newer ares is refused, naming both, and the file is untouched', async () => {
    const path = scratchPath()
    await (await open(path)).close()
    const connection = new Database(path)
    connection.exec(
      `insert into kysely_migration (name, timestamp) values ('9999_of_the_future', 'x')`,
    )
    connection.pragma('wal_checkpoint(truncate)')
    connection.close()
    const before = picture(path)

    const refusal = await open(path).catch((error: unknown) => error as Error)

    expect(refusal).toBeInstanceOf(SchemaTooNew)
    expect((refusal as Error).message).toContain('9999_of_the_future')
    expect((refusal as Error).message).toContain(Object.keys(MIGRATIONS).at(-1)!)
    expect((refusal as Error).message).toContain(path)
    expect(picture(path)).toEqual(before)
    // It is not held either.
    const again = await open(path).catch((error: unknown) => error as Error)
    expect(again).toBeInstanceOf(SchemaTooNew)
  })

  test('the database of another program is refused and untouched', async () => {
    const path = scratchPath()
    const connection = new Database(path)
    connection.exec('create table theirs (id integer)')
    connection.close()
    const before = picture(path)
    expect(await open(path).catch((error: unknown) => error)).toBeInstanceOf(ForeignSchema)
    expect(picture(path)).toEqual(before)
  })

  test('a file that is no database is refused and untouched', async () => {
    const path = scratchPath()
    await Bun.write(path, 'This is a text, and long enough to look like something. '.repeat(50))
    const before = picture(path)
    const refusal = await open(path).catch((error: unknown) => error as { code: string })
    expect((refusal as { code: string }).code).toBe('SQLITE_NOTADB')
    expect(picture(path)).toEqual(before)
  })

  test('what was written is there after a restart', async () => {
    const path = scratchPath()
    const first = await open(path)
    expect(first.migration.applied).toEqual(Object.keys(MIGRATIONS))
    await first.writer.transaction((trx) =>
      trx.insertInto('readiness').values({ id: 1, checked_at: 'then' }).execute(),
    )
    await first.close()
    const second = await open(path)
    expect(second.migration).toEqual({ applied: [], copy: null })
    expect(await second.db.selectFrom('readiness').selectAll().execute()).toEqual([
      { id: 1, checked_at: 'then' },
    ])
    await second.close()
  })

  test('a first start that was cut off is taken back by the next one', async () => {
    const path = scratchPath()
    cutOffWhileWriting(path)
    const database = await open(path)
    expect(database.migration.applied).toEqual(Object.keys(MIGRATIONS))
    await database.close()
    expect(existsSync(`${path}-journal`)).toBe(false)
  })
})

/** Leaves an empty database with a journal of what was being written to it. */
function cutOffWhileWriting(path: string): void {
  const elsewhere = scratchPath()
  const connection = new Database(elsewhere)
  connection.exec('create table t (text); drop table t')
  // Pages that do not fit are written before the commit.
  connection.pragma('cache_size = 1')
  connection.exec(`
    begin;
    create table t (text);
    with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 100)
    insert into t select printf('%4000d', n) from numbers;
  `)
  for (const suffix of ['', '-journal']) copyFileSync(elsewhere + suffix, path + suffix)
  connection.close()
}
