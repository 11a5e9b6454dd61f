import { dirname } from 'node:path'
import { systemClock, systemTimer } from '../clock.ts'
import type { Config, ServerConfig } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { formatNotice } from '../config/load-notices.ts'
import { databaseFault } from '../db/errors.ts'
import { type AresDatabase, DatabaseRefused } from '../db/database.ts'
import { openDatabase } from '../db/sqlite/open.ts'
import { type AresServer, assembleServer, type ServerDeps, WRITER_STATEMENTS } from '../deps.ts'
import { AresError } from '../errors.ts'
import { ExpectedFailure } from '../expected-failure.ts'
import { createLog, type Log, standardErrorWriter } from '../log.ts'
import { diskSpaceOf } from '../retention/disk-space.ts'
import { VERSION } from '../version.ts'
import { adminSecret } from './admin-secret.ts'
import { listen } from './listen.ts'
import { findDamage } from './look-through.ts'
import { forgetNoProxy } from './no-proxy-variable.ts'
import { isOutOfFiles, TOO_FEW_FILES } from './open-files.ts'
import { stopWhenTold } from './stop.ts'

export interface ServeOptions {
  config?: string
  host?: string
  port?: number
}

/** `ares serve`: config, database, listen, stop on signal. Source: contract 1.6. */
export async function serve(options: ServeOptions): Promise<void> {
  // Whatever is created (database, WAL, secret) is for this user alone.
  process.umask(0o077)
  const { config, notices } = loadConfig({
    configFlag: options.config,
    env: process.env,
    cwd: process.cwd(),
  })
  forgetNoProxy(process.env)
  const log = createLog({
    level: config.server.logLevel,
    pretty: process.stderr.isTTY,
    write: standardErrorWriter(),
    now: systemClock.now,
  })
  const database = await open(config.database, log)
  const admin = adminSecret(config.adminSecret, database.path)
  const ares = await assemble({
    config,
    adminSecret: admin.secret,
    database,
    clock: systemClock,
    timer: systemTimer,
    newId: () => Bun.randomUUIDv7(),
    log,
    diskSpace: () => diskSpaceOf(dirname(database.path)),
    findDamage: (stopped) => findDamage(database.path, stopped),
    version: VERSION,
    // One process owns an SQLite file, so its runs need no other name.
    nodeId: 'local',
  })
  const listener = listen(ares, { ...config.server, ...given(options) })
  ares.upkeep.start()
  ares.storage.start()
  // A start that fails has one line to say, and it is not this.
  for (const notice of notices) process.stderr.write(`${formatNotice(notice)}\n`)
  // Before the address is told: whoever waits for it may stop us at once.
  stopWhenTold({ ares, listener, database, log, graceMs: config.server.shutdownTimeoutS * 1000 })
  welcome(config, { url: listener.url, databasePath: database.path, secretPath: admin.path })
}

function given({ host, port }: ServeOptions): Partial<ServerConfig> {
  return { ...(host !== undefined && { host }), ...(port !== undefined && { port }) }
}

async function open(
  { path, maxWaitingWrites }: Config['database'],
  log: Log,
): Promise<AresDatabase> {
  try {
    const database = await openDatabase({
      path,
      pid: process.pid,
      statements: WRITER_STATEMENTS,
      maxWaiting: maxWaitingWrites,
    })
    const { applied, copy } = database.migration
    if (copy !== null) log.info('database migrated', { migrations: applied.join(', '), copy })
    return database
  } catch (error) {
    if (error instanceof DatabaseRefused) throw new ExpectedFailure(error.message)
    throw cannotOpen(path, error)
  }
}

/** What a crash left open is settled here, which reads a good part of the database. */
async function assemble(deps: ServerDeps): Promise<AresServer> {
  try {
    return await assembleServer(deps)
  } catch (error) {
    const failure = error instanceof AresError ? error.cause : error
    if (databaseFault(failure) === undefined) throw error
    throw cannotOpen(deps.database.path, failure)
  }
}

function cannotOpen(path: string, error: unknown): ExpectedFailure {
  return new ExpectedFailure(`The database ${path} cannot be opened: ${openingProblem(error)}.`)
}

function openingProblem(error: unknown): string {
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

interface Places {
  url: string
  databasePath: string
  secretPath: string | null
}

/** What a newcomer needs next. */
function welcome(config: Config, { url, databasePath, secretPath }: Places): void {
  const lines = [
    `ares ${VERSION}`,
    `  config        ${config.source ?? 'built-in sample'}`,
    `  database      ${databasePath}`,
    `  admin secret  ${secretPath ?? 'as configured'} (ares secret show)`,
    `  console       ${url}/console`,
    `  API docs      ${url}/swagger`,
    `listening on ${url}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
