import { ADMIN_SECRET, runs, serveAres } from '../lib/ares.ts'
import { type Contestant, startProvider } from '../lib/contestants.ts'
import { AGENTS, check, type Grown, grow, refuseWithoutRoom, SMALLEST } from '../lib/grown.ts'
import { stealMeter } from '../lib/machine.ts'
import type { Measured } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/median.ts'
import { alternate, callers, type Figures } from '../lib/rounds.ts'

/** Whether what is stored slows down what is asked: the same requests to databases of several sizes. */
export async function growth(sizes: number[], quick: boolean): Promise<Report> {
  const all = [SMALLEST, ...sizes]
  refuseWithoutRoom(all)
  const provider = await startProvider()
  const databases: Grown[] = []
  for (const size of all) databases.push(await grow(provider, size))
  const rows = [
    ...(await measureStarts(provider, databases, quick ? 3 : 8)),
    ...(await measureRequests(provider, databases, quick)),
  ]
  await provider.stop()
  const checked = databases.map(check)
  return {
    title:
      'Growth: the same requests to databases of several sizes, 200 agents, 1 request at a time',
    columns: [
      'what',
      'stored runs',
      'p50 ms',
      '÷ smallest',
      'CPU µs',
      '÷ smallest',
      'steal %',
      'errors',
    ],
    rows,
    notes: [...databases.map(sizeNote), ...checked],
  }
}

type Row = (string | number)[]
type Cost = Pick<Figures, 'name' | 'p50Ms' | 'cpuUs' | 'stealPct' | 'errors'>

function rowsOf(what: string, costs: Cost[]): Row[] {
  const smallest = costs[0]!
  return costs.map(({ name, p50Ms, cpuUs, stealPct, errors }) => [
    what,
    name,
    p50Ms,
    p50Ms / smallest.p50Ms,
    cpuUs,
    cpuUs / smallest.cpuUs,
    stealPct,
    errors,
  ])
}

/** From spawn to the line that tells the address. */
async function measureStarts(provider: Measured, databases: Grown[], times: number) {
  const starts: Start[][] = databases.map(() => [])
  for (let round = 0; round < times; round++) {
    for (const [index, database] of databases.entries()) {
      starts[index]!.push(await startOnce(provider, database))
    }
  }
  return rowsOf(
    'start',
    databases.map(({ name }, index) => {
      const of = (figure: keyof Start) => median(starts[index]!.map((start) => start[figure]))
      return { name, p50Ms: of('ms'), cpuUs: of('cpuUs'), stealPct: of('stealPct'), errors: 0 }
    }),
  )
}

interface Start {
  ms: number
  cpuUs: number
  stealPct: number
}

async function startOnce(provider: Measured, { folder }: Grown): Promise<Start> {
  const steal = stealMeter()
  const spawned = performance.now()
  const server = await serveAres(provider, { folder })
  const start = { ms: performance.now() - spawned, cpuUs: server.cpuUs(), stealPct: steal() }
  await server.stop()
  return start
}

const REQUESTS: Record<string, (server: Measured, key: string) => Contestant> = {
  'record a run': (server, key) => runs(server, key, AGENTS[0]!),
  // Of an agent that the measurement itself does not run.
  'newest 20 runs': (server, key) =>
    read(server, key, `/v1/agents/${AGENTS[1]}/runs`, '"per_page":20'),
  usage: (server, key) => read(server, key, '/v1/usage', '"total_runs"'),
  agents: (server, key) => read(server, key, '/v1/agents', '"agents"'),
  'admin statistics': (server, key) => ({
    ...read(server, key, '/api/admin/stats', '"total_agents"'),
    headers: [`X-Admin-Secret: ${ADMIN_SECRET}`],
  }),
}

function read(server: Measured, key: string, path: string, expects: string): Contestant {
  return { ...runs(server, key, ''), method: 'GET', path, body: '', expects }
}

/** Of each of several questions to each of several servers. */
const WARM_UP = { connections: 32, requests: 5000 }

/** The servers run side by side and are asked in turns. */
async function measureRequests(provider: Measured, databases: Grown[], quick: boolean) {
  const servers: { server: Measured; key: string }[] = []
  for (const { name, folder, key } of databases) {
    servers.push({ server: await serveAres(provider, { name, folder }), key })
  }
  const turns = callers(1, quick, WARM_UP)
  const rows: Row[] = []
  for (const [what, request] of Object.entries(REQUESTS)) {
    const contestants = servers.map(({ server, key }) => request(server, key))
    rows.push(...rowsOf(what, await alternate(contestants, turns)))
  }
  for (const { server } of servers) await server.stop()
  return rows
}

function sizeNote({ name, bytesPerRun }: Grown): string {
  return `${name} runs: ${bytesPerRun.toFixed(0)} bytes a run beside its text`
}
