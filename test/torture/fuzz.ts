import * as fc from 'fast-check'
import { type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { startDirectedProvider } from './lib/directed-provider.ts'
import { FuzzWorld } from './lib/fuzz-world.ts'
import { fuzzedRequests, type FuzzedRequest } from './lib/fuzzed-requests.ts'
import { Judge } from './lib/judge.ts'
import { MemoryWatch, residentMb } from './lib/memory.ts'
import { describedOperations, type Operation } from './lib/openapi.ts'
import { startPinger } from './lib/pinger.ts'
import { send } from './lib/requests.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'

/** Every operation of our own description, asked well, badly and absurdly. */
export const fuzz: Scenario = {
  name: 'fuzz',
  about: 'generated requests for every operation of the OpenAPI document',
  async run(profile, seed): Promise<Report> {
    const provider = await startDirectedProvider()
    const server = await startAres({ config: patientConfig(provider.url) })
    try {
      return await fuzzAll(server, {
        requests: profile === 'full' ? 100_000 : 5000,
        seed,
        profile,
      })
    } finally {
      await server.stop()
      provider.stop()
    }
  },
}

/** Timing out is part of it, waiting is not. */
function patientConfig(providerUrl: string): string {
  // On a busy machine a provider that is well takes its time, too.
  const deadlines = 'first_byte_timeout_ms = 2000\nidle_timeout_ms = 2000\ntimeout_ms = 4000'
  return configFor(providerUrl, { server: 'log_level = "error"' }).replace(
    'max_retries = 0',
    `max_retries = 0\n${deadlines}`,
  )
}

interface Amount {
  requests: number
  seed: number
}

interface Size extends Amount {
  profile: Profile
}

/** Operations under way at once. */
const LANES = 4
/** Every operation is asked in each of them. */
const ROUNDS = 5
/**
 * Of what collections leave, after the first round, in which the garbage of the largest bodies makes its room; that
 * takes some 20,000 requests. What is there between two collections is no leak.
 */
const GROWTH_MB = { quick: Infinity, full: 30 }
/** A machine that plays the quick profile has other things to do as well. */
const LONGEST_PING_MS = { quick: Infinity, full: 250 }

async function fuzzAll(server: AresProcess, { requests, seed, profile }: Size): Promise<Report> {
  const operations = await describedOperations(server.url)
  const world = await FuzzWorld.on(server)
  const each = Math.ceil(requests / operations.length / ROUNDS)
  const lane: Lane = {
    server,
    world,
    judge: new Judge(),
    problems: new Set(),
    statuses: new Map(),
  }
  // The first requests of each kind load and compile, which is no leak.
  await inLanes(operations, (operation) => fuzzOne(lane, operation, { requests: 20, seed }))
  const rssMb: number[] = []
  lane.statuses.clear()
  const pinger = startPinger(server)
  for (let round = 1; round <= ROUNDS; round++) {
    const amount = { requests: each, seed: seed + round }
    const memory = new MemoryWatch(server.pid)
    await inLanes(operations, (operation) => fuzzOne(lane, operation, amount))
    memory.stop()
    rssMb.push(Math.round(Math.min(memory.lowestMb, residentMb(server.pid))))
  }
  const pings = await pinger.stop()
  const grownMb = rssMb.at(-1)! - rssMb[1]!
  if (grownMb >= GROWTH_MB[profile])
    lane.problems.add(`RSS grew by ${grownMb} MB after the first round`)
  if (pings.worstMs >= LONGEST_PING_MS[profile])
    lane.problems.add(`/health took ${pings.worstMs} ms`)
  const asked = [...lane.statuses.values()].reduce((sum, count) => sum + count, 0)
  if (pings.failed > 0) lane.problems.add(`${pings.failed} pings were not answered with 200`)
  return {
    title: 'Fuzzed requests',
    goal: `every answer as documented; 0 from 500 on unless the provider failed; service for others meanwhile; worst /health < ${LONGEST_PING_MS.full} ms and RSS after a collection < +${GROWTH_MB.full} MB after the first fifth, where it is played in full`,
    measured: `${asked} requests to ${operations.length} operations; worst /health ${pings.worstMs} ms of ${pings.pings}; RSS ${rssMb.join(', ')} MB at least in each fifth, ${signed(grownMb)} after the first`,
    rows: [Object.fromEntries([...lane.statuses].toSorted(([a], [b]) => (a < b ? -1 : 1)))],
    problems: [...lane.problems],
  }
}

interface Lane {
  server: AresProcess
  world: FuzzWorld
  judge: Judge
  problems: Set<string>
  statuses: Map<string, number>
}

/** Asks one operation again and again; the first request that goes wrong is made as small as it can be. */
async function fuzzOne(lane: Lane, operation: Operation, { requests, seed }: Amount) {
  const { server, world, judge, statuses } = lane
  const property = fc.asyncProperty(fuzzedRequests(operation), async (fuzzed: FuzzedRequest) => {
    const request = await world.resolve(operation, fuzzed)
    const answer = await send(server.url, request)
    statuses.set(String(answer.status), (statuses.get(String(answer.status)) ?? 0) + 1)
    judge.check(operation, fuzzed, answer)
  })
  const outcome = await fc.check(property, { seed, numRuns: requests })
  if (!outcome.failed) return
  const example = JSON.stringify(outcome.counterexample?.[0] ?? null).slice(0, 1000)
  lane.problems.add(`${operation.route}: ${String(outcome.errorInstance)} for ${example}`)
}

/** Works the items off, a few at a time. */
async function inLanes<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const lane = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: LANES }, lane))
}

function signed(value: number): string {
  return value < 0 ? String(value) : `+${value}`
}

if (import.meta.main) await runAlone(fuzz)
