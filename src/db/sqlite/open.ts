import Database, { type Database as SqliteDatabase } from 'better-sqlite3'
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Kysely, SqliteDialect } from 'kysely'
import { StorageLost } from '../errors.ts'
import { Soundness } from '../soundness.ts'
import { tableFindings, wholeFindings } from './findings.ts'
import { HeldFiles } from './held-files.ts'
import type { AresDatabase } from '../database.ts'
import { filePages, freePage } from './file-pages.ts'
import { migrate, refuseForeign } from './migrate.ts'
import { type Ownership, ownDatabase, refuseOtherUser } from './owner.ts'
import { realDatabasePath } from './real-path.ts'
import { SqliteReader } from './sqlite-reader.ts'
import { SqliteStatements } from './sqlite-statements.ts'
import type { Statement } from '../statements.ts'
import type { Db, Tables } from '../tables.ts'
import { Wal } from './wal.ts'
import { SqliteWriter } from './writer.ts'

/** A database in a file. */
export type FileDatabase = AresDatabase & { readonly path: string }

export interface OpenOptions {
  path: string
  pid: number
  statements: Statement[]
  /** As of the writer; any number by default. */
  maxWaiting?: number
}

/** A writer that waits long blocks every request: SQLite waits in the calling thread. */
const BUSY_TIMEOUT_MS = 200

/**
 * Opens the file for the one process that owns it, creating and migrating it first.
 *
 * @throws DatabaseInUse, UnsafeFile, ForeignSchema, SchemaTooNew, or the driver's error for a file that is no database
 */
export async function openDatabase(options: OpenOptions): Promise<FileDatabase> {
  mkdirSync(dirname(options.path), { recursive: true, mode: 0o700 })
  const path = realDatabasePath(options.path)
  const wasLeftOpen = isNotEmpty(`${path}-wal`)
  const owner = ownDatabase(path, options.pid, () => inspectAlone(path))
  try {
    inspect(path)
    const writing = connect(path)
    prepareWriting(writing)
    const migration = await migrate(writing, path)
    return assemble(options, { path, writing, owner, wasLeftOpen, migration })
  } catch (error) {
    owner.release()
    throw error
  }
}

interface Opened extends Pick<AresDatabase, 'wasLeftOpen' | 'migration'> {
  path: string
  writing: SqliteDatabase
  owner: Ownership
}

function assemble(options: OpenOptions, opened: Opened): FileDatabase {
  const { path, writing, owner, wasLeftOpen, migration } = opened
  const soundness = new Soundness()
  const reading = connectForReading(path)
  const reads = new SqliteReader(new SqliteStatements(reading), soundness)
  const wal = new Wal(writing)
  const writer = new SqliteWriter(writing, {
    statements: [...options.statements, freePage],
    log: wal,
    onTransaction: () => reads.forget(),
    maxWaiting: options.maxWaiting ?? Infinity,
    soundness,
  })
  const db = readOnlyDb(reading, soundness)
  return {
    path,
    shared: null,
    file: filePages(path, { db, writer }),
    db,
    reads,
    writer,
    migration,
    soundness,
    wasLeftOpen,
    ...heldFiles(path, { wal, owner, soundness }),
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

interface Held {
  wal: Wal
  owner: Ownership
  soundness: Soundness
}

function heldFiles(
  path: string,
  { wal, owner, soundness }: Held,
): Pick<AresDatabase, 'verify' | 'abandon'> {
  // A descriptor of the other two could not be closed: with it would go SQLite's locks.
  const data = new HeldFiles([...wal.files, { path: `${path}-shm` }])
  const lock = new HeldFiles([{ path: owner.lockPath }])
  return {
    async verify() {
      const [lostData, lostLock] = await Promise.all([data.firstLost(), lock.firstLost()])
      if (lostData) soundness.report({ state: 'untrusted', error: new StorageLost(lostData) })
      if (lostLock) soundness.report({ state: 'disowned', error: new StorageLost(lostLock) })
    },
    async abandon() {
      const log = `${path}-wal`
      const fates = await Promise.all([data.fateOf(path), data.fateOf(log)])
      // Beside another file, SQLite would take our log for its own.
      if (fates.join() === 'replaced,there') renameSync(log, `${log}.replaced`)
    },
  }
}

function isNotEmpty(path: string): boolean {
  return (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0
}

/** A second look at a file that may be in use. */
export interface Inspection {
  db: Db
  /** What SQLite finds wrong with the whole file, a line each. */
  findings(): string[]
  close(): void
}

/**
 * Opens a file read-only and without ownership, as one consistent snapshot from the first read to `close`. For
 * `ares check --database`.
 */
export function openForInspection(path: string): Inspection {
  const reading = connectForReading(path)
  reading.exec('begin')
  return {
    db: readOnlyDb(reading),
    findings: () => wholeFindings(reading),
    close: () => reading.close(),
  }
}

/** What is wrong with the tables of a file that may be in use, table after table, each read as of its own moment. */
export function inspectTables(path: string): Generator<string[]> {
  return tableFindings(connectForReading(path))
}

/** @throws ForeignSchema, SchemaTooNew; the file is then as it was */
function inspect(path: string): void {
  if (!existsSync(path)) return
  // A first start that was cut off leaves a journal, which only a connection that may write can roll back.
  const reading = existsSync(`${path}-journal`) ? connect(path) : connectForReading(path)
  try {
    refuseForeign(reading, path)
  } finally {
    reading.close()
  }
}

/** @throws as `inspect`, and DatabaseInUse when another process has the file open */
function inspectAlone(path: string): void {
  inspect(path)
  if (existsSync(path)) refuseOtherUser(path)
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

function readOnlyDb(connection: SqliteDatabase, soundness = new Soundness()): Db {
  return new Kysely<Tables>({
    dialect: new SqliteDialect({ database: connection }),
    log: (event) => {
      if (event.level === 'error') soundness.notice(event.error)
    },
  })
}
