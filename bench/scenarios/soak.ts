import { statSync } from 'node:fs'
import { join } from 'node:path'
import { provision, runs, serveAres, streams } from '../lib/ares.ts'
import { newFolder } from '../lib/folders.ts'
import { startProvider } from '../lib/contestants.ts'
import { load } from '../lib/load.ts'
import type { Report } from '../lib/report.ts'
import { median } from '../lib/median.ts'
import { type Figures, measure } from '../lib/rounds.ts'
import { contentBytes } from '../lib/stored-runs.ts'

/** The load comes in slices; RSS is read after each. */
const SLICES = 100
const CONNECTIONS = 32
/** One slice in ten is streams. */
const STREAM_EVERY = 10
const WARM_UP = 5000

interface Sample extends Figures {
  /** Requests so far. */
  requests: number
}

/** Requests on and on: whether memory and the cost of a request stay as they are. */
export async function soak(requests: number): Promise<Report> {
  const folder = newFolder()
  const provider = await startProvider()
  const server = await serveAres(provider, { folder })
  const key = await provision(server, 'bench', ['bench'])
  const slice = requests / SLICES
  const work = { run: runs(server, key, 'bench'), stream: streams(server, key) }

  await load(work.run, { connections: CONNECTIONS, requests: WARM_UP })
  const samples: Sample[] = []
  for (let done = 1; done <= SLICES; done++) {
    const contestant = done % STREAM_EVERY === 0 ? work.stream : work.run
    const figures = await measure(contestant, (each) =>
      load(each, { connections: CONNECTIONS, requests: slice }),
    )
    samples.push({ ...figures, requests: done * slice })
  }
  await server.stop()
  await provider.stop()
  const stored = bytesPerRun(join(folder, 'ares.db'))
  return report(samples, stored)
}

function report(samples: Sample[], stored: { bytes: number; runs: number }): Report {
  const lastHalf = samples.slice(samples.length / 2)
  const { slope, error } = fit(lastHalf.map((sample) => [sample.requests / 100_000, sample.rssMb]))
  const errors = sum(samples.map((sample) => sample.errors))
  const total = samples.at(-1)!.requests
  return {
    title: `Soak: ${total.toLocaleString('en-US')} requests, ${CONNECTIONS} at a time, one in ${STREAM_EVERY} a stream of 50 deltas`,
    columns: ['requests', 'RSS MB', 'CPU µs/run', 'p50 ms', 'steal %', 'errors'],
    rows: tenths(samples),
    notes: [
      `RSS over the last half: ${slope.toFixed(1)} ± ${error.toFixed(1)} MB per 100,000 requests (linear fit of ${lastHalf.length} samples, standard error)`,
      `errors: ${errors}`,
      `the file after ${stored.runs.toLocaleString('en-US')} runs: ${stored.bytes.toFixed(0)} bytes a run beside its text`,
    ],
  }
}

/** The state after each tenth; CPU and times are medians over its slices of runs. */
function tenths(samples: Sample[]): number[][] {
  return Array.from({ length: SLICES / STREAM_EVERY }, (_, index) => {
    const tenth = samples.slice(index * STREAM_EVERY, (index + 1) * STREAM_EVERY)
    const of = (figure: 'cpuUs' | 'p50Ms' | 'stealPct') =>
      median(tenth.slice(0, -1).map((sample) => sample[figure]))
    const errors = sum(tenth.map((sample) => sample.errors))
    const { requests, rssMb } = tenth.at(-1)!
    return [requests, rssMb, of('cpuUs'), of('p50Ms'), of('stealPct'), errors]
  })
}

/** A line through the points by least squares: its slope, and the standard error of that. */
function fit(points: [number, number][]): { slope: number; error: number } {
  const mean = (axis: 0 | 1) => sum(points.map((point) => point[axis])) / points.length
  const [meanX, meanY] = [mean(0), mean(1)]
  const spread = sum(points.map(([x]) => (x - meanX) ** 2))
  const slope = sum(points.map(([x, y]) => (x - meanX) * (y - meanY))) / spread
  const rest = sum(points.map(([x, y]) => (y - meanY - slope * (x - meanX)) ** 2))
  return { slope, error: Math.sqrt(rest / (points.length - 2) / spread) }
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function bytesPerRun(path: string): { bytes: number; runs: number } {
  const { text, runs: count } = contentBytes(path)
  return { bytes: (statSync(path).size - text) / count, runs: count }
}
