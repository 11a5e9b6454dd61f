import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { type AresProcess, emptyFolder, startAres } from '../binary/ares.ts'
import { provision } from '../binary/callers.ts'
import type { Acknowledged } from './journal.ts'
import { startProviderProcess } from './provider-process.ts'
import { seededRandom } from './random.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'
import { DISK_CALLS, faulty, pathOf, readTrace, traced } from './strace.ts'
import { missing, skipped } from './tools.ts'
import { verify } from './verify.ts'
import { type Workload, workloads } from './workloads.ts'

const HEADING = {
  title: 'Killed at a write, started again',
  goal: 'every start succeeds, nothing acknowledged is lost, every total is right',
}

/** Of each workload. */
const QUICK_POINTS = 4

/** Kills the server right before each call that changes a file, and looks at what the next start makes of it. */
export const crashPoints: Scenario = {
  name: 'crash-points',
  about: 'SIGKILL at every write, sync, truncation and removal of a file',
  async run(profile, seed) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const provider = await startProviderProcess([])
    const random = seededRandom(seed)
    const report: Report = { ...HEADING, measured: '', rows: [], problems: [] }
    let killed = 0
    for (const workload of await workloads(provider.url)) {
      const points = chosen(await pointsOf(workload), profile, random)
      const outcomes: Outcome[] = []
      for (const point of points) outcomes.push(await attempt(workload, point))
      report.rows.push(rowOf(workload, outcomes))
      report.problems.push(...outcomes.flatMap((outcome) => outcome.problems))
      killed += outcomes.filter((outcome) => outcome.killed).length
    }
    provider.stop()
    return { ...report, measured: `${killed} kills, ${report.problems.length} problems` }
  },
}

/** The `index`-th call of that name in one thread. */
interface Point {
  call: string
  index: number
}

interface Outcome {
  /** False when the server came through because a thread made fewer calls than in the trace. */
  killed: boolean
  readyMs: number
  problems: string[]
}

/** Where the workload changes a file, in the order of the calls. */
async function pointsOf(workload: Workload): Promise<Point[]> {
  const trace = join(emptyFolder(), 'trace')
  const server = await startAres({ cwd: copyOf(workload), wrapper: traced(trace, DISK_CALLS) })
  await workload.play(server, [])
  await server.stop()
  const counts = new Map<string, number>()
  const points = new Map<string, Point>()
  for (const call of await readTrace(trace)) {
    const counter = `${call.thread} ${call.name}`
    const index = (counts.get(counter) ?? 0) + 1
    counts.set(counter, index)
    // The threads of the pool take turns: what one does at its third call, another does at its third.
    if (pathOf(call).includes('/data/'))
      points.set(`${call.name} ${index}`, { call: call.name, index })
  }
  return [...points.values()]
}

function chosen(points: Point[], profile: Profile, random: () => number): Point[] {
  if (profile === 'full') return points
  return Array.from(
    { length: QUICK_POINTS },
    (_, part) => points[Math.floor(((part + random()) / QUICK_POINTS) * points.length)]!,
  )
}

async function attempt(workload: Workload, { call, index }: Point): Promise<Outcome> {
  const folder = copyOf(workload)
  const acknowledged = [...workload.before]
  const problems: string[] = []
  const killed = await playUntilKilled(workload, { folder, call, index, acknowledged, problems })
  let readyMs = 0
  try {
    const server = await startAres({ cwd: folder })
    readyMs = Math.round(server.readyMs)
    problems.push(...(await judge(workload, server, acknowledged)))
  } catch (error) {
    problems.push(`the next start: ${String(error)}`)
  }
  const where = `${workload.name}, ${call} ${index}`
  return { killed, readyMs, problems: problems.map((text) => `${where}: ${text}`) }
}

interface Attempt {
  folder: string
  call: string
  index: number
  acknowledged: Acknowledged[]
  problems: string[]
}

/** True when it was killed. */
async function playUntilKilled(workload: Workload, attempt: Attempt): Promise<boolean> {
  const { folder, call, index, acknowledged, problems } = attempt
  const wrapper = faulty({ calls: [call], effect: 'signal=SIGKILL', when: String(index) })
  let server: AresProcess
  try {
    server = await startAres({ cwd: folder, wrapper })
  } catch (error) {
    if (!String(error).includes('ended with null')) problems.push(String(error))
    return true
  }
  const failure = await failureOf(workload.play(server, acknowledged))
  const code = await server.stop()
  const wasCutOff = failure !== null && 'code' in failure
  if (failure !== null && !(code === null && wasCutOff)) problems.push(failure.message)
  if (code !== null && code !== 0) problems.push(`the stop: status ${code}`)
  return code === null
}

/** What a workload broke off with. What `fetch` throws has a code; what the workload itself does not like, has none. */
function failureOf(playing: Promise<void>): Promise<Error | null> {
  return playing.then(
    () => null,
    (error: Error) => error,
  )
}

async function judge(
  workload: Workload,
  server: AresProcess,
  acknowledged: Acknowledged[],
): Promise<string[]> {
  const secret = workload.adminSecret(server)
  const { lost, wrong } = await verify(server, acknowledged, secret)
  await provision(server, { name: 'after-the-crash', secret })
  const code = await server.stop()
  return [...lost, ...wrong, ...(code === 0 ? [] : [`the stop: status ${code}`])]
}

function copyOf(workload: Workload): string {
  const folder = emptyFolder()
  cpSync(workload.folder, folder, { recursive: true })
  return folder
}

function rowOf(workload: Workload, outcomes: Outcome[]): Report['rows'][number] {
  return {
    workload: workload.name,
    points: outcomes.length,
    killed: outcomes.filter((outcome) => outcome.killed).length,
    'slowest next start ms': Math.max(...outcomes.map((outcome) => outcome.readyMs)),
    problems: outcomes.flatMap((outcome) => outcome.problems).length,
  }
}

if (import.meta.main) await runAlone(crashPoints)
