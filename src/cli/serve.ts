import { dirname } from 'node:path'
import { systemClock } from '../clock.ts'
import type { Config, ServerConfig } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { type AresDatabase, openDatabase } from '../db/sqlite/open.ts'
import { DatabaseInUse } from '../db/sqlite/owner.ts'
import { ForeignSchema, SchemaTooNew } from '../db/sqlite/migrate.ts'
import { type AresServer, assembleServer, WRITER_STATEMENTS } from '../deps.ts'
import { createLog, type Log, standardErrorWriter } from '../log.ts'
import { diskSpaceOf } from '../retention/disk-space.ts'
import { VERSION } from '../version.ts'
import { adminSecret } from './admin-secret.ts'
import { ExpectedFailure } from '../expected-failure.ts'
import { listen, type Listener } from './listen.ts'
import { isOutOfFiles, TOO_FEW_FILES } from './open-files.ts'

export interface ServeOptions {
  config?: string
  host?: string
  port?: number
}

/** For the last bytes of answers to leave: a client that does not read them would keep us for ever. */
const FLUSH_MS = { most: 1000, least: 100 }
/** The end comes within a second of the grace; the other half is for the database. */
const FLUSHED_AFTER_GRACE_MS = 500

/** `ares serve`: config, database, listen, stop on signal. Source: contract 1.6. */
export async function serve(options: ServeOptions): Promise<void> {
  // Whatever is created (database, WAL, secret) is for this user alone.
  process.umask(0o077)
  const { config, notices } = loadConfig({
    configFlag: options.config,
    env: process.env,
    cwd: process.cwd(),
  })
  const log = createLog({
    level: config.server.logLevel,
    pretty: process.stderr.isTTY,
    write: standardErrorWriter(),
    now: systemClock.now,
  })
  const database = await open(config.database, log)
  const admin = adminSecret(config.adminSecret, config.database.path)
  const ares = await assembleServer({
    config,
    adminSecret: admin.secret,
    database,
    clock: systemClock,
    newId: () => Bun.randomUUIDv7(),
    log,
    diskSpace: () => diskSpaceOf(dirname(config.database.path)),
    version: VERSION,
    // One process owns an SQLite file, so its runs need no other name.
    nodeId: 'local',
  })
  const listener = listen(ares, { ...config.server, ...given(options) })
  ares.upkeep.start()
  // A start that fails has one line to say, and it is not this.
  for (const notice of notices) process.stderr.write(`note: ${notice}\n`)
  // Before the address is told: whoever waits for it may stop us at once.
  stopOnSignal({ ares, listener, database, log, graceMs: config.server.shutdownTimeoutS * 1000 })
  welcome(config, listener.url, admin.path)
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
      onFatal: (error) => dieOfStorage(log, error),
    })
    const { applied, copy } = database.migration
    if (copy !== null) log.info('database migrated', { migrations: applied.join(', '), copy })
    return database
  } catch (error) {
    if (isRefusal(error)) throw new ExpectedFailure(error.message)
    throw new ExpectedFailure(`The database ${path} cannot be opened: ${openingProblem(error)}.`)
  }
}

function isRefusal(error: unknown): error is Error {
  return [DatabaseInUse, ForeignSchema, SchemaTooNew].some((refusal) => error instanceof refusal)
}

function openingProblem(error: unknown): string {
  const { code, message } = error as { code?: string; message: string }
  if (code === 'EMFILE' || (code === 'SQLITE_CANTOPEN' && isOutOfFiles())) return TOO_FEW_FILES
  switch (code) {
    case 'SQLITE_NOTADB':
      return 'the file is not an SQLite database'
    case 'SQLITE_CORRUPT':
      return 'the file is damaged; restore a copy of it'
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

/** After a failed fsync nobody knows what is on the disk: stop at once and let the next start recover. */
function dieOfStorage(log: Log, error: unknown): void {
  log.error('the storage failed; stopping so that nothing more is lost', {}, error)
  setTimeout(() => process.exit(1), 100)
}

/** What a newcomer needs next. */
function welcome(config: Config, url: string, secretPath: string | null): void {
  const secret = secretPath ?? 'as configured'
  const lines = [
    `ares ${VERSION}`,
    `  config        ${config.source ?? 'built-in sample'}`,
    `  database      ${config.database.path}`,
    `  admin secret  ${secret}`,
    `  console       ${url}/console`,
    `  API docs      ${url}/swagger`,
    `listening on ${url}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

interface Running {
  ares: AresServer
  listener: Listener
  database: AresDatabase
  log: Log
  graceMs: number
}

function stopOnSignal(running: Running): void {
  let stopping = false
  const onSignal = (signal: string) => {
    if (stopping) process.exit(1)
    stopping = true
    running.log.info('stopping', { signal })
    stop(running).then(
      () => process.exit(0),
      (error: unknown) => {
        running.log.error('the stop failed', {}, error)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}

async function stop({ ares, listener, database, graceMs }: Running): Promise<void> {
  const startedMs = systemClock.monotonicMs()
  const drained = listener.stop(false)
  await ares.shutDown(graceMs)
  const leftMs = startedMs + graceMs + FLUSHED_AFTER_GRACE_MS - systemClock.monotonicMs()
  const flushMs = Math.min(FLUSH_MS.most, Math.max(FLUSH_MS.least, leftMs))
  await Promise.race([drained, Bun.sleep(flushMs)])
  // `stop(true)` may never resolve.
  void listener.stop(true)
  await database.close()
  // The log writes the lines of a turn at its end.
  await new Promise<void>((resolve) => setImmediate(resolve))
}
