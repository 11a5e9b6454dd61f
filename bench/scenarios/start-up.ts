import { ARES } from '../lib/ares.ts'
import { newFolder } from '../lib/folders.ts'
import { stealMeter } from '../lib/machine.ts'
import { SERVER_CORE, start } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/median.ts'

/** From spawn to the first 200 of `/health`: in an empty folder (migrations included), and on an existing database. */
export async function startUp(quick: boolean): Promise<Report> {
  const times = quick ? 5 : 20
  const fresh: Start[] = []
  const again: Start[] = []
  for (let i = 0; i < times; i++) {
    const folder = newFolder()
    fresh.push(await startOnce(folder))
    again.push(await startOnce(folder))
  }
  return {
    title: `Spawn → first 200 of /health, compiled, ${times} starts each`,
    columns: ['start', 'median ms', 'min ms', 'max ms', 'CPU ms', 'idle RSS MB', 'steal %'],
    rows: [row('empty folder, migrations included', fresh), row('existing database', again)],
    notes: ['RSS is that one second after the start.'],
  }
}

interface Start {
  ms: number
  cpuMs: number
  rssMb: number
  stealPct: number
}

async function startOnce(cwd: string): Promise<Start> {
  const steal = stealMeter()
  const spawned = performance.now()
  // Without the variable that the bench sets for its servers, the process starts itself anew, as anybody's does.
  const command = ['env', '-u', 'BUN_CONFIG_MAX_HTTP_REQUESTS', ARES, 'serve', '--port', '0']
  const server = await start({ name: 'ARES', command, cwd, core: SERVER_CORE })
  const reply = await fetch(`${server.url}/health`)
  const ms = performance.now() - spawned
  const cpuMs = server.cpuUs() / 1000
  const stealPct = steal()
  if (reply.status !== 200) throw new Error(`/health answered ${reply.status}`)
  await Bun.sleep(1000)
  const rssMb = server.rssMb()
  await server.stop()
  return { ms, cpuMs, rssMb, stealPct }
}

function row(name: string, starts: Start[]): (string | number)[] {
  const all = (figure: keyof Start) => starts.map((each) => each[figure])
  const ms = all('ms')
  return [
    name,
    median(ms),
    Math.min(...ms),
    Math.max(...ms),
    median(all('cpuMs')),
    median(all('rssMb')),
    median(all('stealPct')),
  ]
}
