import type { Socket } from 'bun'
import { readdirSync, readFileSync } from 'node:fs'
import { type AresProcess, configFor, eventually, startAres, within } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { openStream } from '../binary/open-stream.ts'
import { startProviderProcess } from './provider-process.ts'
import { runAlone, type Scenario } from './scenario.ts'
import { missing, skipped } from './tools.ts'

const HEADING = {
  title: 'Out of descriptors',
  goal: 'no crash, open connections are answered meanwhile, and it serves again',
}

const LIMIT = 64
const SOCKETS = 200
const PATIENCE_MS = 5000
const TICKS_PER_S = 100

/** More connections than the process may have descriptors. */
export const descriptors: Scenario = {
  name: 'descriptors',
  about: `${SOCKETS} connections to a process that may open ${LIMIT} files`,
  async run(profile) {
    const reason = missing('prlimit')
    if (reason !== null) return skipped(HEADING, reason)
    const provider = await startProviderProcess([])
    const server = await startAres({
      config: configFor(provider.url),
      wrapper: ['prlimit', `--nofile=${LIMIT}:${LIMIT}`],
    })
    const tenant = await provision(server)
    const rows: { round: number; 'cpu %': number; 'serves again after ms': number }[] = []
    const problems: string[] = []
    for (let round = 1; round <= (profile === 'full' ? 20 : 2); round++) {
      const sockets = await occupy(server)
      // While connections wait that it cannot take, Bun asks for them again and again.
      const cpu = await cpuPercent(server, 1000)
      const open = readdirSync(`/proc/${server.pid}/fd`).length
      if (open < LIMIT) problems.push(`round ${round}: only ${open} descriptors were open`)
      const meanwhile = await within(PATIENCE_MS, tenant.get('/v1/agents'), () => 'an answer').then(
        ({ status }) => `${status}`,
        String,
      )
      if (meanwhile !== '200') problems.push(`round ${round}: on an open connection: ${meanwhile}`)
      for (const socket of sockets) socket.terminate()
      const started = performance.now()
      await eventually('a run is served again', () => runOnFreshConnection(server, tenant)).catch(
        (error: unknown) => problems.push(`round ${round}: ${String(error)}`),
      )
      const servedMs = Math.round(performance.now() - started)
      rows.push({ round, 'cpu %': cpu, 'serves again after ms': servedMs })
    }
    const code = await server.stop()
    provider.stop()
    if (code !== 0) problems.push(`the stop: status ${code}`)
    const most = Math.max(...rows.map((row) => row['cpu %']))
    const slowest = Math.max(...rows.map((row) => row['serves again after ms']))
    const measured = `at most ${most} % of a processor, served again after ${slowest} ms`
    return { ...HEADING, measured, rows, problems }
  },
}

/** Opens connections with half a request: the kernel keeps those that say nothing to itself. */
function occupy({ url }: AresProcess): Promise<Socket[]> {
  const { hostname, port } = new URL(url)
  const socket = {
    open: (opened: Socket) => void opened.write('GET /health HTTP/1.1\r\n'),
    data() {},
    error() {},
  }
  return Promise.all(
    Array.from({ length: SOCKETS }, () => Bun.connect({ hostname, port: Number(port), socket })),
  )
}

async function runOnFreshConnection(
  { url }: AresProcess,
  { secret }: Provisioned,
): Promise<true | undefined> {
  const body = { input: { message: 'Hello' } }
  const { closed } = await openStream(url, { path: '/v1/agents/assistant/run', secret, body })
  return (await closed).includes('"status":"completed"') ? true : undefined
}

async function cpuPercent({ pid }: AresProcess, ms: number): Promise<number> {
  const before = cpuTicks(pid)
  await Bun.sleep(ms)
  return Math.round(((cpuTicks(pid) - before) / TICKS_PER_S / ms) * 1000 * 100)
}

/** User and system time so far, as the kernel counts it. */
function cpuTicks(pid: number): number {
  const [, fields = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
  const [user, system] = fields.split(' ').slice(11, 13)
  return Number(user) + Number(system)
}

if (import.meta.main) await runAlone(descriptors)
