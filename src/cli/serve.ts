import { systemClock, systemTimer } from '../clock.ts'
import type { Config, ServerConfig } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { formatNotice } from '../config/load-notices.ts'
import { databaseFault } from '../db/errors.ts'
import { type AresServer, assembleServer, type ServerDeps } from '../deps.ts'
import { AresError } from '../errors.ts'
import { createLog, standardErrorWriter } from '../log.ts'
import { VERSION } from '../version.ts'
import { listen } from './listen.ts'
import { forgetNoProxy } from './no-proxy-variable.ts'
import { openConfigured, openingFailure } from './open-database.ts'
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
  const opened = await openConfigured(config, log)
  const { database, place, secretPath } = opened
  const ares = await assemble({
    ...opened,
    config,
    clock: systemClock,
    timer: systemTimer,
    newId: () => Bun.randomUUIDv7(),
    log,
    version: VERSION,
  })
  const listener = listen(ares, { ...config.server, ...given(options) })
  ares.upkeep.start()
  ares.storage.start()
  // A start that fails has one line to say, and it is not this.
  for (const notice of notices) process.stderr.write(`${formatNotice(notice)}\n`)
  // Before the address is told: whoever waits for it may stop us at once.
  stopWhenTold({ ares, listener, database, log, graceMs: config.server.shutdownTimeoutS * 1000 })
  welcome(config, { url: listener.url, place, secretPath })
}

function given({ host, port }: ServeOptions): Partial<ServerConfig> {
  return { ...(host !== undefined && { host }), ...(port !== undefined && { port }) }
}

/** What a crash left open is settled here, which reads a good part of the database. */
async function assemble(deps: ServerDeps): Promise<AresServer> {
  try {
    return await assembleServer(deps)
  } catch (error) {
    const failure = error instanceof AresError ? error.cause : error
    if (databaseFault(failure) === undefined) throw error
    throw openingFailure(deps.config.database, failure)
  }
}

interface Places {
  url: string
  /** Of the database. */
  place: string
  secretPath: string | null
}

/** What a newcomer needs next. */
function welcome(config: Config, { url, place, secretPath }: Places): void {
  const lines = [
    `ares ${VERSION}`,
    `  config        ${config.source ?? 'built-in sample'}`,
    `  database      ${place}`,
    `  admin secret  ${secretPath ?? 'as configured'} (ares secret show)`,
    `  console       ${url}/console`,
    `  API docs      ${url}/swagger`,
    `listening on ${url}`,
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}
