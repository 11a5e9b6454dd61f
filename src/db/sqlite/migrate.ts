import type { Database as SqliteDatabase } from 'better-sqlite3'
import { existsSync, rmSync } from 'node:fs'
import { Kysely, SqliteDialect } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../../../migrations/all.ts'
import { DatabaseRefused, type MigrationReport } from '../database.ts'

/** A schema this program cannot work on. The message names both versions; the file was not touched. */
export class SchemaTooNew extends DatabaseRefused {}

/** The file is another program's database; it was not touched. */
export class ForeignSchema extends DatabaseRefused {}

/**
 * Brings the schema up to date, all or nothing: every pending migration in one transaction, after a copy of the file.
 *
 * @param connection to a file that `refuseForeign` let pass
 * @param migrations by name, oldest first
 */
export async function migrate(
  connection: SqliteDatabase,
  path: string,
  migrations: Record<string, Migration> = MIGRATIONS,
): Promise<MigrationReport> {
  const done = appliedMigrations(connection)
  const pending = Object.keys(migrations).filter((name) => !done.includes(name))
  if (pending.length === 0) return { applied: [], copy: null }
  const copy = done.length > 0 ? copyBefore(connection, path, pending[0]!) : null
  await applyPending(connection, migrations)
  return { applied: pending, copy }
}

/**
 * Looks whether this program may work on the file, and changes nothing: that needs a read-only connection, for
 * closing any other may fold the WAL into the file.
 *
 * @throws SchemaTooNew when a newer ares has written the file, ForeignSchema when another program has
 */
export function refuseForeign(connection: SqliteDatabase, path: string): void {
  const done = appliedMigrations(connection)
  refuseNewer(done, Object.keys(MIGRATIONS), path)
  const hasTables = connection.prepare('select 1 from sqlite_master').get() !== undefined
  if (done.length === 0 && hasTables) {
    throw new ForeignSchema(`The file ${path} is the database of another program.`)
  }
}

function appliedMigrations(connection: SqliteDatabase): string[] {
  const tracked = connection
    .prepare(`select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'`)
    .get()
  if (!tracked) return []
  const rows = connection.prepare('select name from kysely_migration order by name').all()
  return (rows as { name: string }[]).map((row) => row.name)
}

function refuseNewer(done: string[], known: string[], path: string): void {
  const unknown = done.filter((name) => !known.includes(name))
  if (unknown.length === 0) return
  throw new SchemaTooNew(
    `The database ${path} has schema ${unknown.at(-1)}, but this ares knows only up to ${known.at(-1)}. ` +
      'Use the ares version that wrote it, or restore an older copy.',
  )
}

function copyBefore(connection: SqliteDatabase, path: string, migration: string): string {
  const copy = `${path}.before-${migration}`
  // A copy of that name is from an attempt that did not get through; the file is still as it was then.
  if (existsSync(copy)) rmSync(copy)
  connection.prepare('vacuum into ?').run(copy)
  return copy
}

/** Kysely does not wrap SQLite migrations in a transaction, so the transaction is ours. */
async function applyPending(
  connection: SqliteDatabase,
  migrations: Record<string, Migration>,
): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: connection }) })
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  connection.exec('begin immediate')
  try {
    const { error } = await migrator.migrateToLatest()
    if (error) throw error
    connection.exec('commit')
  } catch (error) {
    if (connection.inTransaction) connection.exec('rollback')
    throw error
  }
}
