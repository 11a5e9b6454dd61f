import { startAres } from '../lib/ares.ts'
import { compared } from '../lib/compared.ts'
import { startPortkey, startProvider, startProxy } from '../lib/contestants.ts'
import type { Report } from '../lib/report.ts'
import { alternate, callers } from '../lib/rounds.ts'

/** A whole run, everything on, beside the raw proxy and Portkey (which records nothing). */
export async function runEndpoint(
  { connections, delayMs }: { connections: number; delayMs: number },
  quick: boolean,
): Promise<Report> {
  const provider = await startProvider(['--delay', String(delayMs)])
  const contestants = [
    await startProxy(provider),
    await startAres(provider),
    await startPortkey(provider),
  ]
  const figures = await alternate(contestants, callers(connections, quick))
  for (const server of [...contestants, provider]) await server.stop()
  const answers = delayMs === 0 ? 'at once' : `after ${delayMs} ms`
  return compared(`Runs, ${connections} at a time, provider answers ${answers}`, figures)
}
