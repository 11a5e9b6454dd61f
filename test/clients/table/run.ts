import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { folderWith } from '../../binary/ares.ts'
import { startGateway } from '../gateway.ts'
import { largeClients } from '../large/all.ts'
import { LIBRARIES } from '../libraries/all.ts'
import { NOTE_FILES, noteReader } from './note-reader.ts'
import { playAll, type Row } from './play-all.ts'
import { HEAD, problems, rowLine } from './print.ts'

/*
 * `bun run test:clients [--only TEXT] [--json FILE]`: the table of clients. Each says hello and has notes read with
 * its own tools, in front of every type of provider, an agent and the demo, where nothing but this machine is reached.
 */

const CLIENTS = resolve(import.meta.dir, '..')
const LARGE = join(CLIENTS, 'large')
const FOLDERS = [CLIENTS, LARGE]

/** The one script of a package that is run: opencode puts the program of this machine in its place with it. */
const CHOOSES_PROGRAM = join(LARGE, 'node_modules/opencode-ai/postinstall.mjs')

/** A network of our own with nothing but loopback; what a client asks of others then shows as an error of its own. */
const ALONE = [
  'unshare',
  '--map-root-user',
  '--net',
  'sh',
  '-c',
  'ip link set lo up && exec "$@"',
  '-',
]

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, json: { type: 'string' }, inside: { type: 'boolean' } },
  })
  if (values.inside !== true) return begin()
  const folder = folderWith(NOTE_FILES)
  const gateway = await startGateway()
  gateway.provider.reply(noteReader(folder))
  const all = [...LIBRARIES, ...largeClients(folder)]
  const clients = all.filter(({ name }) => name.includes(values.only ?? ''))
  const rows = await playAll(clients, gateway, (row) => console.error(lineOf(row)))
  await gateway.stop()
  const failed = problems(rows)
  console.log([...HEAD, ...rows.map(lineOf), ...failed].join('\n'))
  console.log(`${rows.length} clients, ${failed.length} cells failed`)
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rows, null, 2))
  return failed.length === 0 ? 0 : 1
}

const lineOf = (row: Row) => rowLine(row, versionOf(row.package))

/** Installs what is played, and plays it where nobody else is reached. */
async function begin(): Promise<number> {
  for (const folder of FOLDERS) {
    const install = ['install', '--frozen-lockfile', '--ignore-scripts', '--cwd', folder]
    if ((await run([process.execPath, ...install])) !== 0) return 1
  }
  if ((await run([process.execPath, CHOOSES_PROGRAM])) !== 0) return 1
  const inside = [process.execPath, import.meta.path, ...process.argv.slice(2), '--inside']
  if ((await run([...ALONE, 'true'])) === 0) return run([...ALONE, ...inside])
  console.warn(
    'not alone: this machine gives no network of our own (unshare), so clients can reach others',
  )
  return run(inside)
}

const run = (command: string[]): Promise<number> =>
  Bun.spawn(command, { stdin: 'ignore', stdout: 'inherit', stderr: 'inherit' }).exited

function versionOf(name: string): string {
  for (const folder of FOLDERS) {
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    if (dependencies[name] !== undefined) return dependencies[name]
  }
  return ''
}

process.exit(await main())
