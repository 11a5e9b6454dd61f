import { startRelayingAres } from '../lib/ares.ts'
import { compared } from '../lib/compared.ts'
import { startPortkey, startProvider, startProxy } from '../lib/contestants.ts'
import type { Report } from '../lib/report.ts'
import { alternate, callers } from '../lib/rounds.ts'

const CALLERS = 32

/** Whole chat completions, relayed, beside the raw proxy and Portkey (which records nothing). */
export async function relayedCompletions(quick: boolean): Promise<Report> {
  const provider = await startProvider()
  const contestants = [
    await startProxy(provider),
    await startRelayingAres(provider, false),
    await startPortkey(provider),
  ]
  const figures = await alternate(contestants, callers(CALLERS, quick))
  for (const server of [...contestants, provider]) await server.stop()
  return compared(`Relayed chat completions, ${CALLERS} at a time`, figures)
}
