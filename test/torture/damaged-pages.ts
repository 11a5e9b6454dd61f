import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AresProcess, configFor, emptyFolder, runAres, startAres } from '../binary/ares.ts'
import {
  operator,
  provision,
  type Provisioned,
  type Reply,
  tenantCaller,
} from '../binary/callers.ts'
import { randomisePage, sqliteNotices } from '../damage.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'

const HEADING = {
  title: 'Files with a randomised page',
  goal: 'what SQLite notices, `ares check --database` tells; a server on them answers right, or 503 storage_damaged',
}

const FILES = 64
/** Servers started on such files. */
const SERVED: Record<Profile, number> = { quick: 8, full: FILES }
const RUNS = 150

/** Damages databases, and looks whether anybody is told that all is well. */
export const damagedPages: Scenario = {
  name: 'damaged-pages',
  about: `${FILES} databases, each with one page of random bytes`,
  async run(profile, seed) {
    const provider = await startProviderProcess(['--delay', '0'])
    const world = await filled(provider.url)
    const report: Report = { ...HEADING, measured: '', rows: [], problems: [] }
    const seen = { noticed: 0, told: 0, started: 0, refusedStarts: 0, damagedAnswers: 0 }
    for (let file = 0; file < FILES; file++) {
      const folder = damaged(world, provider.url, seed + file)
      const problem = await looked(folder, seen)
      if (problem !== null) report.problems.push(`seed ${seed + file}: ${problem}`)
      if (file >= SERVED[profile]) continue
      const problems = await served(folder, world, seen)
      report.problems.push(...problems.map((text) => `seed ${seed + file}: ${text}`))
    }
    provider.stop()
    report.rows.push(seen)
    report.measured = `SQLite noticed ${seen.noticed} of ${FILES}, and ${seen.told} of them were told`
    return report
  },
}

interface World {
  database: string
  tenant: Pick<Provisioned, 'id' | 'secret'>
}

interface Seen {
  noticed: number
  told: number
  started: number
  refusedStarts: number
  damagedAnswers: number
}

async function filled(providerUrl: string): Promise<World> {
  const server = await startAres({ config: configFor(providerUrl) })
  const tenant = await provision(server)
  for (let run = 0; run < RUNS; run += 10) {
    await Promise.all(Array.from({ length: 10 }, () => tenant.run('x'.repeat(run * 40))))
  }
  await server.stop()
  return { database: join(server.folder, 'data/ares.db'), tenant }
}

function damaged({ database }: World, providerUrl: string, seed: number): string {
  const folder = emptyFolder()
  mkdirSync(join(folder, 'data'))
  writeFileSync(join(folder, 'ares.toml'), configFor(providerUrl), { mode: 0o600 })
  const path = join(folder, 'data/ares.db')
  copyFileSync(database, path)
  randomisePage(path, seed)
  return folder
}

async function looked(folder: string, seen: Seen): Promise<string | null> {
  if (!sqliteNotices(join(folder, 'data/ares.db'))) return null
  seen.noticed++
  const { code, stdout, stderr } = await runAres(['check', '--database'], { cwd: folder })
  if (code !== 1 || !`${stdout}${stderr}`.includes('damaged')) {
    return `check: status ${code}, ${stdout.slice(0, 200)}${stderr.slice(0, 200)}`
  }
  seen.told++
  return null
}

const READS = [
  '/api/admin/tenants',
  '/api/admin/agents',
  '/api/admin/runs',
  '/api/admin/alerts',
  '/api/admin/audit-log',
  '/api/admin/stats',
]
const TENANT_READS = ['/v1/agents', '/v1/agents/assistant/runs', '/v1/runs', '/v1/usage']

async function served(folder: string, { tenant }: World, seen: Seen): Promise<string[]> {
  const server = await startAres({ cwd: folder }).catch((error: unknown) => error)
  if (server instanceof Error) {
    seen.refusedStarts++
    return /damaged|not an SQLite database/.test(server.message) ? [] : [server.message]
  }
  seen.started++
  return ask(server as AresProcess, tenant, seen)
}

async function ask(server: AresProcess, tenant: World['tenant'], seen: Seen): Promise<string[]> {
  const own = tenantCaller(server, tenant.id, tenant.secret)
  const admin = operator(server)
  const asked: [string, () => Promise<Reply>][] = [
    ...READS.map((path): [string, () => Promise<Reply>] => [path, () => admin.get(path)]),
    ...TENANT_READS.map((path): [string, () => Promise<Reply>] => [path, () => own.get(path)]),
    ['a run', () => own.run()],
  ]
  const problems: string[] = []
  let damage = 0
  for (const [what, send] of asked) {
    const { status, body } = await send()
    if (status === 503 && body.code === 'storage_damaged') damage++
    else if (status !== 200) problems.push(`${what}: ${status} ${JSON.stringify(body)}`)
  }
  if (damage > 0) problems.push(...(await loud(server)))
  seen.damagedAnswers += damage
  await server.stop()
  return problems
}

/** What met damage says so on `/ready` too. */
async function loud({ url }: AresProcess): Promise<string[]> {
  const { status } = await fetch(`${url}/ready`)
  return status === 503 ? [] : [`/ready: ${status} beside answers of storage_damaged`]
}

if (import.meta.main) await runAlone(damagedPages)
