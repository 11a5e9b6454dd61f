import { startAres, startPortkey, startProvider, startProxy } from '../lib/contestants.ts'
import type { Report } from '../lib/report.ts'
import { alternate, type Figures } from '../lib/rounds.ts'

/** A whole run, everything on, beside the raw proxy and Portkey (which records nothing). */
export async function runEndpoint(connections: number, quick: boolean): Promise<Report> {
  const provider = await startProvider()
  const contestants = [
    await startProxy(provider),
    await startAres(provider),
    await startPortkey(provider),
  ]
  const figures = await alternate(contestants, {
    connections,
    rounds: quick ? 3 : 8,
    seconds: quick ? 1 : 2,
    warmUpS: quick ? 3 : 10,
  })
  for (const contestant of [...contestants, provider]) await contestant.stop()
  return compared(`Run endpoint, ${connections} callers, provider answers at once`, figures)
}

/** Streams of 50 deltas, back to back. */
export async function streamEndpoint(quick: boolean): Promise<Report> {
  const provider = await startProvider(['--deltas', '50'])
  const contestants = [
    await startProxy(provider, true),
    await startAres(provider, { stream: true }),
    await startPortkey(provider, true),
  ]
  const figures = await alternate(contestants, {
    connections: 16,
    rounds: quick ? 3 : 8,
    seconds: quick ? 1 : 2,
    warmUpS: quick ? 3 : 10,
  })
  for (const contestant of [...contestants, provider]) await contestant.stop()
  return compared('Streams of 50 deltas back to back, 16 callers', figures)
}

function compared(title: string, figures: Figures[]): Report {
  const [proxy, ares, portkey] = figures as [Figures, Figures, Figures]
  return {
    title,
    columns: [
      'server',
      'CPU µs/request',
      'req/s',
      'p50 ms',
      'p99 ms',
      'RSS MB',
      'steal %',
      'errors',
    ],
    rows: figures.map((f) => [
      f.name,
      f.cpuUs,
      f.requestsPerS,
      f.p50Ms,
      f.p99Ms,
      f.rssMb,
      f.stealPct,
      f.errors,
    ]),
    notes: [
      `throughput per CPU, ARES ÷ ${proxy.name}: ${(proxy.cpuUs / ares.cpuUs).toFixed(2)}`,
      `throughput per CPU, ARES ÷ Portkey: ${(portkey.cpuUs / ares.cpuUs).toFixed(2)}`,
      `p50, ARES ÷ ${proxy.name}: ${(ares.p50Ms / proxy.p50Ms).toFixed(2)}`,
    ],
  }
}
