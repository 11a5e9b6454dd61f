import type { LoadResult } from './asked.ts'
import type { Contestant } from './contestants.ts'
import { load } from './load.ts'
import { stealMeter } from './machine.ts'

/** One contestant's figures: medians over the calm half of its rounds. */
export interface Figures {
  name: string
  /** CPU time of the server's process per request. */
  cpuUs: number
  requestsPerS: number
  p50Ms: number
  p90Ms: number
  p99Ms: number
  rssMb: number
  /** Share of the machine that the hypervisor took away, %. */
  stealPct: number
  errors: number
}

/** A load, which tells what came of it. */
export type Drive = (contestant: Contestant) => Promise<LoadResult>

export interface CallerOptions {
  connections: number
  rounds: number
  seconds: number
  warmUpS: number
}

/** The compiler of the runtime counts calls: one caller would take minutes to warm a server up. */
const WARM_UP_CONNECTIONS = 32

/** How long the callers of a scenario go on. */
export function callers(connections: number, quick: boolean): CallerOptions {
  return quick
    ? { connections, rounds: 3, seconds: 1, warmUpS: 3 }
    : { connections, rounds: 8, seconds: 2, warmUpS: 10 }
}

/** Measures the contestants under so many callers, each of which asks again when it is answered. */
export async function alternate(
  contestants: Contestant[],
  { connections, rounds, seconds, warmUpS }: CallerOptions,
): Promise<Figures[]> {
  for (const contestant of contestants) {
    await load(contestant, { connections: WARM_UP_CONNECTIONS, seconds: warmUpS })
  }
  return inTurns(contestants, rounds, (contestant) => load(contestant, { connections, seconds }))
}

/** Measures the contestants in turn, A B C A B C …, so that all share the machine's moods. */
export async function inTurns(
  contestants: Contestant[],
  rounds: number,
  drive: Drive,
): Promise<Figures[]> {
  const measured = new Map<Contestant, Figures[]>(contestants.map((contestant) => [contestant, []]))
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      measured.get(contestant)!.push(await measure(contestant, drive))
    }
  }
  return contestants.map((contestant) => calmMedian(measured.get(contestant)!))
}

/** One round. */
export async function measure(contestant: Contestant, drive: Drive): Promise<Figures> {
  const steal = stealMeter()
  const cpuBefore = contestant.cpuUs()
  const result = await drive(contestant)
  return {
    name: contestant.name,
    cpuUs: (contestant.cpuUs() - cpuBefore) / result.requests,
    requestsPerS: result.requests / result.seconds,
    p50Ms: result.p50Ms,
    p90Ms: result.p90Ms,
    p99Ms: result.p99Ms,
    rssMb: contestant.rssMb(),
    stealPct: steal(),
    errors: result.errors,
  }
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
    p90Ms: of('p90Ms'),
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
