import Database, { type Database as SqliteDatabase } from 'better-sqlite3'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import { migrate, type MigrationReport, refuseForeign } from './migrate.ts'
import { ownDatabase } from './owner.ts'
import { SqliteReader } from './sqlite-reader.ts'
import { SqliteStatements } from './sqlite-statements.ts'
import type { Statement, StatementReader } from '../statements.ts'
import type { Db, Tables } from '../tables.ts'
import { Wal } from './wal.ts'
import { SqliteWriter, type Writer } from './writer.ts'

/** An open, migrated database that this process owns. */
export interface AresDatabase {
  /** Committed data only; writes through it fail. */
  readonly db: Db
  /** Hot reads of committed data. */
  readonly reads: StatementReader
  readonly writer: Writer
  readonly migration: MigrationReport
  /** Waits for the writer, folds the WAL into the file and gives up the ownership. */
  close(): Promise<void>
}

export interface OpenOptions {
  path: string
  pid: number
  statements: Statement[]
  /** As of the writer; any number by default. */
  maxWaiting?: number
  onFatal?: (error: unknown) => void
}

/** A writer that waits long blocks every request: SQLite waits in the calling thread. */
const BUSY_TIMEOUT_MS = 200

/**
 * Opens the file for the one process that owns it, creating and migrating it first.
 *
 * @throws DatabaseInUse, ForeignSchema, SchemaTooNew, or the driver's error for a file that is no database
 */
export async function openDatabase(options: OpenOptions): Promise<AresDatabase> {
  mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
  const owner = ownDatabase(options.path, options.pid)
  try {
    if (existsSync(options.path)) inspect(options.path)
    const writing = connect(options.path)
    prepareWriting(writing)
    const migration = await migrate(writing, options.path)
    return assemble(options, { writing, owner, migration })
  } catch (error) {
    owner.release()
    throw error
  }
}

interface Opened {
  writing: SqliteDatabase
  owner: { release(): void }
  migration: MigrationReport
}

function assemble(options: OpenOptions, { writing, owner, migration }: Opened): AresDatabase {
  const reading = connectForReading(options.path)
  const reads = new SqliteReader(new SqliteStatements(reading))
  const wal = new Wal(writing)
  const writer = new SqliteWriter(writing, {
    statements: options.statements,
    log: wal,
    onTransaction: () => reads.forget(),
    maxWaiting: options.maxWaiting ?? Infinity,
    onFatal: options.onFatal ?? (() => {}),
  })
  return {
    db: readOnlyDb(reading),
    reads,
    writer,
    migration,
    async close() {
      await writer.drain()
      reading.close()
      writing.pragma('wal_checkpoint(truncate)')
      writing.close()
      wal.close()
      owner.release()
    },
  }
}

/**
 * A second look at a file that may be in use: read-only, without ownership, one consistent snapshot from the first
 * read to `close`. For `ares check --database`.
 */
export function openForInspection(path: string): { db: Db; close: () => void } {
  const reading = connectForReading(path)
  reading.exec('begin')
  return { db: readOnlyDb(reading), close: () => reading.close() }
}

/** @throws ForeignSchema, SchemaTooNew; the file is then as it was */
function inspect(path: string): void {
  // A first start that was cut off leaves a journal, which only a connection that may write can roll back.
  const reading = existsSync(`${path}-journal`) ? connect(path) : connectForReading(path)
  try {
    refuseForeign(reading, path)
  } finally {
    reading.close()
  }
}

function connect(path: string): SqliteDatabase {
  return new Database(path, { timeout: BUSY_TIMEOUT_MS })
}

function prepareWriting(connection: SqliteDatabase): void {
  // Takes effect only before the first table.
  connection.pragma('auto_vacuum = incremental')
  connection.pragma('journal_mode = wal')
  // For the migrations; then `Wal` takes over. better-sqlite3 is compiled to open existing WAL files with NORMAL.
  connection.pragma('synchronous = full')
  connection.pragma('foreign_keys = on')
}

function connectForReading(path: string): SqliteDatabase {
  const connection = new Database(path, { timeout: BUSY_TIMEOUT_MS, readonly: true })
  connection.pragma('query_only = on')
  return connection
}

function readOnlyDb(connection: SqliteDatabase): Db {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) })
}
