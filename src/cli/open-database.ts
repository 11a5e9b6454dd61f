import { dirname } from 'node:path'
import type { Config, DatabaseConfig } from '../config/config.ts'
import { DatabaseRefused } from '../db/database.ts'
import { databaseFault } from '../db/errors.ts'
import { openPostgres } from '../db/postgres/open.ts'
import { type FileDatabase, openDatabase } from '../db/sqlite/open.ts'
import { type ServerDeps, WRITER_STATEMENTS } from '../deps.ts'
import { ExpectedFailure } from '../expected-failure.ts'
import type { Log } from '../log.ts'
import { diskSpaceOf } from '../retention/disk-space.ts'
import { adminSecret } from './admin-secret.ts'
import { findDamage } from './look-through.ts'
import { isOutOfFiles, TOO_FEW_FILES } from './open-files.ts'

/** An open database, and what depends on where its data lie. */
export interface OpenedDatabase extends Pick<
  ServerDeps,
  'adminSecret' | 'database' | 'diskSpace' | 'findDamage' | 'nodeId'
> {
  /** For people. */
  place: string
  /** The file with the admin secret; null where it is configured. */
  secretPath: string | null
}

/** Opens what the configuration names, creating and migrating it first. @throws ExpectedFailure with the mend */
export async function openConfigured(config: Config, log: Log): Promise<OpenedDatabase> {
  const opened = await open(config).catch((error: unknown) => {
    throw openingFailure(config.database, error)
  })
  const { applied, copy } = opened.database.migration
  if (copy !== null) log.info('database migrated', { migrations: applied.join(', '), copy })
  return opened
}

function open(config: Config): Promise<OpenedDatabase> {
  const { database } = config
  return database.kind === 'sqlite' ? openFile(config, database) : openServer(config, database)
}

async function openFile(
  { adminSecret: configured }: Config,
  { path: wanted, maxWaitingWrites }: Extract<DatabaseConfig, { kind: 'sqlite' }>,
): Promise<OpenedDatabase> {
  const database: FileDatabase = await openDatabase({
    path: wanted,
    pid: process.pid,
    statements: WRITER_STATEMENTS,
    maxWaiting: maxWaitingWrites,
  })
  const { path } = database
  const { secret, path: secretPath } = adminSecret(configured, path)
  return {
    database,
    place: path,
    adminSecret: secret,
    secretPath,
    diskSpace: () => diskSpaceOf(dirname(path)),
    findDamage: (stopped) => findDamage(path, stopped),
    // One process owns an SQLite file, so its runs need no other name.
    nodeId: 'local',
  }
}

/** Idle connections are closed after a minute. */
const IDLE_S = 60
/** The server has a disk of its own, and says so when it is full. */
const NO_DISK_OF_OURS = { freeBytes: Infinity, totalBytes: Infinity }

async function openServer(
  { adminSecret: secret }: Config,
  server: Extract<DatabaseConfig, { kind: 'postgres' }>,
): Promise<OpenedDatabase> {
  const database = await openPostgres({
    ...server,
    idleTimeoutS: IDLE_S,
    statements: WRITER_STATEMENTS,
    maxWaiting: server.maxWaitingWrites,
  })
  return {
    database,
    place: withoutPassword(server.url),
    // The configuration is refused without one.
    adminSecret: secret!,
    secretPath: null,
    diskSpace: async () => NO_DISK_OF_OURS,
    findDamage: async () => [],
    nodeId: crypto.randomUUID().slice(0, 8),
  }
}

/** The address of a database as it may be shown. */
export function withoutPassword(url: string): string {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

/** Why the database cannot be used, in one sentence with the mend. @param error what opening or reading it has thrown */
export function openingFailure(database: DatabaseConfig, error: unknown): ExpectedFailure {
  if (error instanceof DatabaseRefused) return new ExpectedFailure(error.message)
  const [place, problem] =
    database.kind === 'sqlite'
      ? [database.path, fileProblem(error)]
      : [withoutPassword(database.url), serverProblem(error)]
  return new ExpectedFailure(`The database ${place} cannot be opened: ${problem}.`)
}

function fileProblem(error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'EMFILE' || (code === 'SQLITE_CANTOPEN' && isOutOfFiles())) return TOO_FEW_FILES
  if (/failed to map segment/.test(message)) {
    return 'programs may not run from the folder for temporary files; set BUN_TMPDIR to one from which they may'
  }
  if (databaseFault(error) === 'damaged') return 'the file is damaged; restore a copy of it'
  switch (code) {
    case 'SQLITE_NOTADB':
      return 'the file is not an SQLite database'
    case 'SQLITE_CANTOPEN':
    case 'EACCES':
      return 'this user cannot read and write there'
    case 'SQLITE_READONLY':
    case 'EROFS':
      return 'the file or its disk is read-only'
    case 'SQLITE_FULL':
    case 'ENOSPC':
      return 'the disk is full'
    default:
      return message
  }
}

function serverProblem(error: unknown): string {
  const { code = '', message } = error as { code?: string; message: string }
  if (code.startsWith('28')) return `user and password are refused (${message})`
  if (code === '3D000') return `there is no such database; create it first (${message})`
  if (code === '42501') return `this user may not create tables there (${message})`
  if (code === '25006') return 'the server only reads: it is a standby'
  if (code === '42P05' || code === '26000')
    return 'a pooler stands before it; set prepared_statements = false'
  return message
}
