import { startRelayingAres, withBaseline } from '../lib/ares.ts'
import { compared } from '../lib/compared.ts'
import { startNginx, startPortkey, startProvider, startProxy } from '../lib/contestants.ts'
import type { Report } from '../lib/report.ts'
import { alternate, callers } from '../lib/rounds.ts'

const CALLERS = 32

/** Whole chat completions, relayed, beside the raw proxy, nginx, and Portkey (which record nothing). */
export async function relayedCompletions(quick: boolean): Promise<Report> {
  const provider = await startProvider()
  const nginx = await startNginx(provider)
  const contestants = [
    await startProxy(provider),
    ...(nginx ? [nginx] : []),
    ...(await withBaseline((options) => startRelayingAres(provider, false, options))),
    await startPortkey(provider),
  ]
  const figures = await alternate(contestants, callers(CALLERS, quick))
  for (const server of [...contestants, provider]) await server.stop()
  return compared(`Relayed chat completions, ${CALLERS} at a time`, figures)
}
