import { join } from 'node:path'
import { type AresProcess, configFor, emptyFolder, startAres } from '../binary/ares.ts'
import { provision, type Provisioned, tenantCaller } from '../binary/callers.ts'
import { callUntilKilled } from './callers.ts'
import { type Acknowledged, Journal } from './journal.ts'
import { startProviderProcess } from './provider-process.ts'
import { seededRandom } from './random.ts'
import { runAlone, type Scenario } from './scenario.ts'
import { verify } from './verify.ts'

export interface KillOptions {
  cycles: number
  callers: number
  seed: number
}

/** One start, load, kill -9 and start again. */
export type Cycle = {
  cycle: number
  /** From the start of the load to the kill. */
  'killed after ms': number
  /** In all cycles so far. */
  acknowledged: number
  runs: number
  interrupted: number
  'ready ms': number
  lost: number
  wrong: number
}

export interface KillReport {
  cycles: Cycle[]
  /** Empty when everything held. */
  problems: string[]
}

const READY_MS = 2000
const MIN_LOAD_MS = 150
const MAX_LOAD_MS = 2000
const TENANTS = 4

const CALLERS = 32

/** A look at everything after each kill takes as long as there is data, so a long run begins anew now and then. */
const ROUNDS = { quick: { rounds: 1, cycles: 10 }, full: { rounds: 50, cycles: 10 } }

/** `kill -9` under load, again and again, each round on data of its own. */
export const killCycles: Scenario = {
  name: 'kill-cycles',
  about: `kill -9 under ${CALLERS} callers, then started again`,
  async run(profile, seed) {
    const { rounds, cycles } = ROUNDS[profile]
    const reports: KillReport[] = []
    for (let round = 0; round < rounds; round++) {
      reports.push(await killAgainAndAgain({ cycles, callers: CALLERS, seed: seed + round }))
    }
    const all = reports.flatMap((report) => report.cycles)
    const acknowledged = reports.reduce((sum, report) => sum + lastOf(report).acknowledged, 0)
    const slowest = Math.max(...all.map((cycle) => cycle['ready ms']))
    return {
      title: 'Killed under load',
      goal: `nothing acknowledged is lost, no run stays open, every total is right, ready in ${READY_MS} ms`,
      measured: `${all.length} kills, ${acknowledged} acknowledged, ready after at most ${slowest} ms`,
      rows: rounds === 1 ? all : reports.map(lastOf),
      problems: reports.flatMap((report) => report.problems),
    }
  },
}

/** What a round amounts to. */
function lastOf({ cycles }: KillReport): Cycle {
  return cycles.at(-1)!
}

/** Kills a loaded server again and again, on the same data, and looks each time whether anything is lost or wrong. */
export async function killAgainAndAgain(
  { cycles, callers, seed }: KillOptions,
  onCycle: (cycle: Cycle) => void = () => {},
): Promise<KillReport> {
  const random = seededRandom(seed)
  const provider = await startProviderProcess(['--delay', '15', '--deltas', '6'])
  const folder = emptyFolder()
  const journals = Array.from(
    { length: callers },
    (_, index) => new Journal(join(folder, `journal-${index}`)),
  )
  let server = await startAres({ cwd: folder, config: configFor(provider.url) })
  const tenants = await provisionTenants(server)
  const report: KillReport = { cycles: [], problems: [] }
  let calls = 0
  const unique = () => `call-${++calls}`

  for (let cycle = 1; cycle <= cycles; cycle++) {
    const loadMs = Math.round(MIN_LOAD_MS + random() * (MAX_LOAD_MS - MIN_LOAD_MS))
    report.problems.push(
      ...(await loadAndKill(server, { tenants, journals, random, unique, loadMs })),
    )
    server = await startAres({ cwd: folder })
    const acknowledged = journals.flatMap((journal) => journal.read())
    const row = await judge(server, { cycle, loadMs, acknowledged, report })
    report.cycles.push(row)
    onCycle(row)
  }
  const code = await server.stop()
  if (code !== 0) report.problems.push(`the last SIGTERM ended with ${code}`)
  for (const journal of journals) journal.close()
  provider.stop()
  return report
}

function provisionTenants(server: AresProcess): Promise<Provisioned[]> {
  return Promise.all(
    Array.from({ length: TENANTS }, (_, index) => provision(server, { name: `load-${index}` })),
  )
}

interface Load {
  tenants: Provisioned[]
  journals: Journal[]
  random: () => number
  unique: () => string
  loadMs: number
}

async function loadAndKill(server: AresProcess, load: Load): Promise<string[]> {
  let killed = false
  const calling = load.journals.map((journal, index) => {
    const { id, secret } = load.tenants[index % load.tenants.length]!
    const tenant = tenantCaller(server, id, secret)
    const { random, unique } = load
    return callUntilKilled({ server, tenant, journal, random, unique, isKilled: () => killed })
  })
  await Bun.sleep(load.loadMs)
  killed = true
  server.signal('SIGKILL')
  const problems = await Promise.all(calling)
  await server.ended
  return problems.flat()
}

interface Judged {
  cycle: number
  loadMs: number
  acknowledged: Acknowledged[]
  report: KillReport
}

async function judge(server: AresProcess, judged: Judged): Promise<Cycle> {
  const { cycle, loadMs, acknowledged, report } = judged
  const readyMs = Math.round(server.readyMs)
  const verdict = await verify(server, acknowledged)
  const wrong = [...verdict.wrong, ...(readyMs > READY_MS ? [`ready after ${readyMs} ms`] : [])]
  report.problems.push(...[...verdict.lost, ...wrong].map((text) => `cycle ${cycle}: ${text}`))
  return {
    cycle,
    'killed after ms': loadMs,
    acknowledged: acknowledged.length,
    runs: verdict.runs,
    interrupted: verdict.interrupted,
    'ready ms': readyMs,
    lost: verdict.lost.length,
    wrong: wrong.length,
  }
}

if (import.meta.main) await runAlone(killCycles)
