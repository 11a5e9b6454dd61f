import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

/* A PostgreSQL server of its own: Debian's programs on a folder of ours, on loopback, gone at the end. */

const INSTALLED = '/usr/lib/postgresql'
/** PostgreSQL refuses to run as root; Debian's package makes this user. */
const USER = 'postgres'
const NOBODY_WAITS_MS = 60_000

/** Where the newest installed server has its programs; null where none is installed. */
function programs(): string | null {
  if (!existsSync(INSTALLED)) return null
  const versions = readdirSync(INSTALLED).toSorted((a, b) => Number(b) - Number(a))
  const found = versions.find((version) => existsSync(join(INSTALLED, version, 'bin/initdb')))
  return found === undefined ? null : join(INSTALLED, found, 'bin')
}

/** Whether such a server can be started here. */
export const CAN_START = programs() !== null

/** A server that can be stopped as operators, crashes and freezes stop it. */
export interface PostgresServer {
  /** The address of a new, empty database. */
  newDatabase(name: string): string
  /** `fast` ends what is under way, `immediate` is a crash. */
  stop(how: 'fast' | 'immediate'): void
  start(): void
  /** Stops it for good and removes its folder. */
  remove(): void
}

/** Starts one. @throws where the programs fail */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = programs()!
  // A path of its own, for the socket's name has to be short.
  const folder = mkdtempSync('/tmp/ares-pg-')
  const data = join(folder, 'data')
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  if (isRoot) run('chown', [USER, folder])
  const asUser = (program: string, args: string[]) =>
    isRoot
      ? run('setpriv', [`--reuid=${USER}`, `--regid=${USER}`, '--init-groups', program, ...args])
      : run(program, args)
  asUser(join(bin, 'initdb'), [
    '-D',
    data,
    '-A',
    'trust',
    '-U',
    'ares',
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
  ])
  const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c max_connections=200`
  const control = (...args: string[]) => asUser(join(bin, 'pg_ctl'), ['-D', data, '-w', ...args])
  const start = () => control('-o', settings, '-l', join(folder, 'log'), 'start')
  start()
  return {
    newDatabase(name) {
      asUser(join(bin, 'createdb'), ['-h', folder, '-p', String(port), '-U', 'ares', name])
      return `postgres://ares@127.0.0.1:${port}/${name}`
    },
    stop: (how) => control('-m', how, 'stop'),
    start,
    remove() {
      try {
        control('-m', 'immediate', 'stop')
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  }
}

function run(program: string, args: string[]): void {
  // The server keeps what it inherits open: it must not be our output.
  const { status, error } = spawnSync(program, args, { stdio: 'ignore', timeout: NOBODY_WAITS_MS })
  if (status !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${status}`, { cause: error })
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer()
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
