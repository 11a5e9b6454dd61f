import type { LoadResult } from './asked.ts'
import type { Contestant } from './contestants.ts'
import { load } from './load.ts'
import { stealMeter } from './machine.ts'
import { median } from './median.ts'

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
  /** Share of `cpuUs` that the compiler of the runtime took, %. */
  compilerPct: number
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
  /** Each caller waits up to so long before it asks again. */
  thinkMs?: number
  warmUp: WarmUp
}

export interface WarmUp {
  connections: number
  requests: number
}

/**
 * A server is warmed up by requests, not by seconds: the runtime compiles what was called often, and in the same time a
 * slow server gets fewer calls. Many callers at once, for one would take minutes.
 */
const WARM_UP: WarmUp = { connections: 32, requests: 30_000 }

/** How long the callers of a scenario go on. */
export function callers(connections: number, quick: boolean, warmUp = WARM_UP): CallerOptions {
  return quick
    ? { connections, rounds: 4, seconds: 1, warmUp }
    : { connections, rounds: 8, seconds: 2, warmUp }
}

/** Measures the contestants under so many callers, each of which asks again when it is answered. */
export async function alternate(
  contestants: Contestant[],
  { connections, rounds, seconds, thinkMs: think = 0, warmUp }: CallerOptions,
): Promise<Figures[]> {
  for (const contestant of contestants) await makeWarm(contestant, warmUp)
  return inTurns(contestants, rounds, (contestant) =>
    load(contestant, { connections, seconds, think }),
  )
}

/** A compiler that takes less than this share of the processor is done. */
const QUIET_PCT = 2
/** Portions of a tenth of the warm-up, until the compiler is done. */
const MORE_PORTIONS = 10

/** Asks until the compiler of the runtime has nothing left to do. */
export async function makeWarm(contestant: Contestant, { connections, requests }: WarmUp) {
  await load(contestant, { connections, requests })
  const portion = { connections, requests: requests / 10 }
  for (let more = 0; more < MORE_PORTIONS; more++) {
    const { compilerPct } = await measure(contestant, (each) => load(each, portion))
    if (compilerPct < QUIET_PCT) return
  }
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
  const compilerBefore = contestant.compilerUs()
  const result = await drive(contestant)
  const cpuUs = contestant.cpuUs() - cpuBefore
  const compilerUs = Math.max(0, contestant.compilerUs() - compilerBefore)
  return {
    name: contestant.name,
    cpuUs: cpuUs / result.requests,
    requestsPerS: result.requests / result.seconds,
    p50Ms: result.p50Ms,
    p90Ms: result.p90Ms,
    p99Ms: result.p99Ms,
    rssMb: contestant.rssMb(),
    compilerPct: (100 * compilerUs) / cpuUs,
    stealPct: steal(),
    errors: result.errors,
  }
}

function calmMedian(rounds: Figures[]): Figures {
  const calm = rounds
    .toSorted((a, b) => disturbance(a) - disturbance(b))
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
    compilerPct: of('compilerPct'),
    stealPct: of('stealPct'),
    errors: rounds.reduce((sum, round) => sum + round.errors, 0),
  }
}

/** What was taken from the server, and what it took itself that it will not take again. */
function disturbance({ stealPct, compilerPct }: Figures): number {
  return stealPct + compilerPct
}
