import { startStreamingAres } from '../lib/ares.ts'
import type { LoadResult } from '../lib/asked.ts'
import { type Contestant, startProvider, startProxy, withDeltas } from '../lib/contestants.ts'
import { load, openStreams } from '../lib/load.ts'
import { stealMeter } from '../lib/machine.ts'
import type { Measured } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/median.ts'

const STREAMS = 1000
const PACE_MS = 500
const SAMPLE_MS = 50

/** Slow streams, all opened at once: when the last of them runs, and what memory each takes. */
export async function manyStreams(quick: boolean): Promise<Report> {
  const deltas = quick ? 8 : 20
  const rounds = quick ? 1 : 3
  return {
    title: `${STREAMS} streams opened at once, a delta every ${PACE_MS} ms, ${deltas} deltas; medians of ${rounds}`,
    columns: [
      'server',
      'first event of all, ms',
      'first event p50 ms',
      'RSS MB before',
      'RSS MB peak',
      'KB/stream',
      'CPU µs/delta',
      'steal %',
      'errors',
    ],
    rows: [
      await rowOf((provider) => startProxy(provider, true), { deltas, rounds }),
      await rowOf(startStreamingAres, { deltas, rounds }),
    ],
    notes: [
      'Each round on a new server after a warm-up of short streams. Provider and load share one core and take part in every time.',
    ],
  }
}

type Row = (string | number)[]

/** Servers are started anew for each round: memory that was once taken is not given back. */
async function rowOf(
  startServer: (provider: Measured) => Promise<Contestant>,
  { deltas, rounds }: { deltas: number; rounds: number },
): Promise<Row> {
  const all: Opened[] = []
  for (let round = 0; round < rounds; round++) {
    const provider = await startProvider(['--deltas', String(deltas), '--pace', String(PACE_MS)])
    const server = await startServer(provider)
    all.push(await open(server))
    for (const each of [server, provider]) await each.stop()
  }
  const of = (figure: (one: Opened) => number) => median(all.map(figure))
  return [
    all[0]!.name,
    of(({ result }) => result.maxMs),
    of(({ result }) => result.p50Ms),
    of(({ rssBefore }) => rssBefore),
    of(({ rssPeak }) => rssPeak),
    of(({ rssBefore, rssPeak }) => ((rssPeak - rssBefore) * 1024) / STREAMS),
    of(({ cpuUs }) => cpuUs / STREAMS / deltas),
    of(({ stealPct }) => stealPct),
    all.reduce((sum, { result }) => sum + result.errors, 0),
  ]
}

interface Opened {
  name: string
  result: LoadResult
  rssBefore: number
  rssPeak: number
  cpuUs: number
  stealPct: number
}

async function open(server: Contestant): Promise<Opened> {
  // A single delta takes no pause.
  await load(withDeltas(server, 1), { connections: 32, requests: 2000 })
  const rssBefore = server.rssMb()
  let rssPeak = rssBefore
  const sampling = setInterval(() => {
    rssPeak = Math.max(rssPeak, server.rssMb())
  }, SAMPLE_MS)
  const cpuBefore = server.cpuUs()
  const steal = stealMeter()
  const result = await openStreams(server, { streams: STREAMS, gap: 0 })
  clearInterval(sampling)
  const cpuUs = server.cpuUs() - cpuBefore
  return { name: server.name, result, rssBefore, rssPeak, cpuUs, stealPct: steal() }
}
