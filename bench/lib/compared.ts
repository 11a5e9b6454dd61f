import type { Report } from './report.ts'
import type { Figures } from './rounds.ts'

export const FIGURE_COLUMNS = [
  'server',
  'CPU µs/request',
  'req/s',
  'p50 ms',
  'p90 ms',
  'p99 ms',
  'RSS MB',
  'steal %',
  'errors',
]

export function figureRow(f: Figures): (string | number)[] {
  return [f.name, f.cpuUs, f.requestsPerS, f.p50Ms, f.p90Ms, f.p99Ms, f.rssMb, f.stealPct, f.errors]
}

/** ARES beside the proxy or relay, the ceiling, and Portkey. */
export function compared(title: string, figures: Figures[]): Report {
  const [proxy, ares, portkey] = figures as [Figures, Figures, Figures]
  return {
    title,
    columns: FIGURE_COLUMNS,
    rows: figures.map(figureRow),
    notes: [
      `throughput per CPU, ARES ÷ ${proxy.name}: ${(proxy.cpuUs / ares.cpuUs).toFixed(2)}`,
      `throughput per CPU, ARES ÷ ${portkey.name}: ${(portkey.cpuUs / ares.cpuUs).toFixed(2)}`,
      `p50, ARES ÷ ${proxy.name}: ${(ares.p50Ms / proxy.p50Ms).toFixed(2)}`,
      `p99, ARES ÷ ${proxy.name}: ${(ares.p99Ms / proxy.p99Ms).toFixed(2)}`,
    ],
  }
}
