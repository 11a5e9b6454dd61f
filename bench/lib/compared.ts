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
  'JIT %',
  'steal %',
  'errors',
]

export function figureRow(f: Figures): (string | number)[] {
  return [
    f.name,
    f.cpuUs,
    f.requestsPerS,
    f.p50Ms,
    f.p90Ms,
    f.p99Ms,
    f.rssMb,
    f.compilerPct,
    f.stealPct,
    f.errors,
  ]
}

/** ARES beside everybody else who was asked for the same. */
export function compared(title: string, figures: Figures[]): Report {
  const ares = figures.find(({ name }) => name === 'ARES')!
  return {
    title,
    columns: FIGURE_COLUMNS,
    rows: figures.map(figureRow),
    notes: figures.filter((other) => other !== ares).flatMap((other) => ratios(ares, other)),
  }
}

function ratios(ares: Figures, other: Figures): string[] {
  const cpu = (other.cpuUs / ares.cpuUs).toFixed(2)
  const p50 = (ares.p50Ms / other.p50Ms).toFixed(2)
  const later = (ares.p50Ms - other.p50Ms).toFixed(2)
  return [
    `throughput per CPU, ARES ÷ ${other.name}: ${cpu}`,
    `p50, ARES ÷ ${other.name}: ${p50}; ARES − ${other.name}: ${later} ms`,
  ]
}
