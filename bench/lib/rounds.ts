import { join } from 'node:path'
import { type Contestant, LOAD_CORE } from './contestants.ts'
import type { LoadResult } from './load.ts'
import { machineTime } from './process.ts'

/** One contestant's figures: medians over the calm half of its rounds. */
export interface Figures {
  name: string
  /** CPU time of the server's process per request. */
  cpuUs: number
  requestsPerS: number
  p50Ms: number
  p99Ms: number
  rssMb: number
  /** Share of the machine that the hypervisor took away, %. */
  stealPct: number
  errors: number
}

export interface RoundOptions {
  connections: number
  rounds: number
  seconds: number
  warmUpS: number
}

/** Measures the contestants in turn, A B C A B C …, so that all share the machine's moods. */
export async function alternate(
  contestants: Contestant[],
  { connections, rounds, seconds, warmUpS }: RoundOptions,
): Promise<Figures[]> {
  for (const contestant of contestants) await load(contestant, connections, warmUpS)
  const measured = new Map<Contestant, Figures[]>(contestants.map((contestant) => [contestant, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      measured.get(contestant)!.push(await measure(contestant, connections, seconds))
    }
  }
  return contestants.map((contestant) => calmMedian(measured.get(contestant)!))
}

async function measure(
  contestant: Contestant,
  connections: number,
  seconds: number,
): Promise<Figures> {
  const before = { cpu: contestant.cpuUs(), machine: machineTime() }
  const result = await load(contestant, connections, seconds)
  const after = machineTime()
  const total = after.total - before.machine.total
  return {
    name: contestant.name,
    cpuUs: (contestant.cpuUs() - before.cpu) / result.requests,
    requestsPerS: result.requests / result.seconds,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    rssMb: contestant.rssKb() / 1024,
    stealPct: (100 * (after.steal - before.machine.steal)) / total,
    errors: result.errors,
  }
}

/** Sends requests from a process of its own. */
export async function load(
  { url, path, headers, body }: Contestant,
  connections: number,
  seconds: number,
  requests = 0,
): Promise<LoadResult> {
  const options = {
    '--url': url + path,
    '--connections': connections,
    '--seconds': seconds,
    '--requests': requests,
    '--body': body,
  }
  const command = ['taskset', '-c', String(LOAD_CORE), 'bun', join(import.meta.dir, 'load.ts')]
  for (const [name, value] of Object.entries(options)) command.push(name, String(value))
  for (const header of headers) command.push('--header', header)
  const child = Bun.spawn(command, { stdout: 'pipe' })
  return JSON.parse(await new Response(child.stdout).text()) as LoadResult
}

function calmMedian(rounds: Figures[]): Figures {
  const calm = rounds
    .toSorted((a, b) => a.stealPct - b.stealPct)
    .slice(0, Math.ceil(rounds.length / 2))
  const of = (figure: Exclude<keyof Figures, 'name'>) => median(calm.map((round) => round[figure]))
  return {
    name: rounds[0]!.name,
    cpuUs: of('cpuUs'),
    requestsPerS: of('requestsPerS'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    rssMb: of('rssMb'),
    stealPct: of('stealPct'),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
  }
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
