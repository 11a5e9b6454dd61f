import { join, resolve } from 'node:path'
import { startAres } from '../lib/ares.ts'
import { newFolder } from '../lib/folders.ts'
import { FIGURE_COLUMNS, figureRow } from '../lib/compared.ts'
import { startProvider } from '../lib/contestants.ts'
import type { Report } from '../lib/report.ts'
import { alternate, callers, type Figures } from '../lib/rounds.ts'

/**
 * What it costs to answer only when a run is on the disk: the binary as it is, beside the same binary whose `fsync` and
 * `fdatasync` return at once. The order of writes, the commits and the waiting for them stay the same.
 */
export async function durability(quick: boolean): Promise<Report> {
  const compiler = Bun.which('cc')
  if (compiler === null) return skipped('There is no C compiler (`cc`) to build the launcher with.')
  const launcher = join(newFolder(), 'without-sync')
  compile(compiler, launcher)
  const provider = await startProvider()
  const contestants = [
    await startAres(provider),
    await startAres(provider, { name: 'ARES, fsync does nothing', launcher: [launcher] }),
  ]
  const single = await alternate(contestants, callers(1, quick))
  const many = await alternate(contestants, callers(32, quick))
  for (const server of [...contestants, provider]) await server.stop()
  return {
    title: TITLE,
    columns: ['at a time', ...FIGURE_COLUMNS],
    rows: [...rowsOf(1, single), ...rowsOf(32, many)],
    notes: [
      ...ratios(1, single),
      ...ratios(32, many),
      'Both write and commit alike; what differs is the flush alone. It is as real as the disk under the folder for temporary files (`TMPDIR`): on a tmpfs there is none.',
    ],
  }
}

const TITLE = 'Durability: runs with and without the flush to the disk, provider answers at once'

function compile(compiler: string, launcher: string): void {
  const source = resolve(import.meta.dir, '../servers/without-sync.c')
  const { exitCode, stderr } = Bun.spawnSync([compiler, '-O2', '-o', launcher, source])
  if (exitCode !== 0) throw new Error(stderr.toString())
}

function rowsOf(connections: number, figures: Figures[]): (string | number)[][] {
  return figures.map((of) => [connections, ...figureRow(of)])
}

function ratios(connections: number, figures: Figures[]): string[] {
  const [synced, unsynced] = figures as [Figures, Figures]
  const cpu = (synced.cpuUs / unsynced.cpuUs).toFixed(2)
  const p50 = (synced.p50Ms - unsynced.p50Ms).toFixed(2)
  return [
    `${connections} at a time: CPU per run, durable ÷ not: ${cpu}; p50, durable − not: ${p50} ms`,
  ]
}

function skipped(reason: string): Report {
  return { title: TITLE, columns: ['skipped'], rows: [[reason]], notes: [] }
}
