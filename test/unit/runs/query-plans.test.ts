import { expect, test } from 'bun:test'
import Database from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import {
  AUTH_FAILURE_STATEMENTS,
  listOldestAuthFailures,
} from '../../../src/audit/auth-failure-entries.ts'
import { openDatabase } from '../../../src/db/sqlite/open.ts'
import type { Statement, StatementReader } from '../../../src/db/statements.ts'
import type { Tables } from '../../../src/db/tables.ts'
import { readFamilyMonth } from '../../../src/ledger/cap-statements.ts'
import { LEDGER_STATEMENTS } from '../../../src/ledger/ledger-statements.ts'
import { countRuns, listRuns } from '../../../src/runs/store.ts'
import { listOrphans } from '../../../src/ledger/recover.ts'
import { scratchPath } from '../db/scratch.ts'

/** A migrated, empty database: the plans do not depend on what is stored, for nothing runs `analyze`. */
async function migrated() {
  const path = scratchPath()
  await (await openDatabase({ path, pid: 1, statements: [] })).close()
  const connection = new Database(path)
  const asked: string[] = []
  const db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: connection }),
    log: ({ query }) => {
      asked.push(query.sql)
    },
  })
  const plan = (sql: string) => {
    const values = Array.from({ length: sql.split('?').length - 1 }, () => 'x')
    const steps = connection.prepare(`explain query plan ${sql}`).all(values)
    return (steps as { detail: string }[]).map(({ detail }) => detail).join('\n')
  }
  return { db, asked, plan }
}

/** Tells which statement a store asks for, and finds nothing. */
class Recorder implements StatementReader {
  readonly statements: Statement[] = []

  find(lookup: Statement): Promise<undefined> {
    this.statements.push(lookup)
    return Promise.resolve(undefined)
  }

  get(statement: Statement): Promise<undefined> {
    this.statements.push(statement)
    return Promise.resolve(undefined)
  }

  bytes(statement: Statement): Promise<undefined> {
    return this.get(statement)
  }

  all(statement: Statement): Promise<[]> {
    this.statements.push(statement)
    return Promise.resolve([])
  }
}

test('no hot statement scans a table', async () => {
  const { db, plan } = await migrated()
  const recorder = new Recorder()
  await countRuns(recorder, 'a')
  await listRuns(recorder, 'a', { limit: 20, offset: 0 })
  for (const statement of [...LEDGER_STATEMENTS, readFamilyMonth, ...recorder.statements]) {
    expect(plan(statement.build(db).compile().sql)).not.toContain('SCAN')
  }
})

test('runs in flight are found among themselves, however many have finished', async () => {
  const { db, asked, plan } = await migrated()
  const recorder = new Recorder()
  await countRuns(recorder, 'a')
  expect(plan(recorder.statements[0]!.build(db).compile().sql)).toContain('runs_in_flight')
  await listOrphans(db, '2026-03-13T14:22:00.000Z', 10)
  expect(plan(asked.at(-1)!)).toContain('runs_in_flight')
})

test('entries that may be dropped are found among themselves, by their age', async () => {
  const { db, plan } = await migrated()
  const recorder = new Recorder()
  await listOldestAuthFailures(recorder, 'a')
  const [, deletion] = AUTH_FAILURE_STATEMENTS
  for (const statement of [...recorder.statements, deletion!]) {
    expect(plan(statement.build(db).compile().sql)).toContain('audit_log_unnumbered (timestamp<?)')
  }
})
