import { type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { provision, type Provisioned, tenantCaller } from '../binary/callers.ts'
import { openStream, type OpenStream } from '../binary/open-stream.ts'
import { type Pings, startPinger } from './lib/pinger.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'
import { faulty } from './strace.ts'
import { missing, skipped } from './tools.ts'

const HEADING = {
  title: 'A disk that takes its time',
  goal: 'streams and /health go on while runs wait for a sync: no gap as long as one',
}

const SYNC_MS = 500
const CALLERS = 8
const DELTA_MS = 50
/** Anything that waits for the disk would wait for all of it. */
const LONGEST_GAP_MS = 0.7 * SYNC_MS

/** Makes every sync last, and looks whether anybody but those who write notices. */
export const slowDisk: Scenario = {
  name: 'slow-disk',
  about: `every sync takes ${SYNC_MS} ms`,
  async run(profile) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const seconds = profile === 'full' ? 60 : 3
    const deltas = Math.round((seconds * 1000) / DELTA_MS)
    const provider = await startProviderProcess(['--delay', `${DELTA_MS}`, '--deltas', `${deltas}`])
    const seen = await watch(await slowServer(provider.url))
    provider.stop()
    return {
      ...HEADING,
      measured: measuredOf(seen),
      rows: [rowOf(seen)],
      problems: problemsOf(seen),
    }
  },
}

interface Slow {
  server: AresProcess
  tenant: Provisioned
}

/** Started and provisioned on a quick disk, then started again on a slow one. */
async function slowServer(providerUrl: string): Promise<Slow> {
  const quick = await startAres({ config: configFor(providerUrl) })
  const { id, secret } = await provision(quick)
  await quick.stop()
  const effect = `delay_exit=${SYNC_MS * 1000}`
  const server = await startAres({
    cwd: quick.folder,
    wrapper: faulty({ calls: ['fsync', 'fdatasync'], effect, when: '1+' }),
  })
  return { server, tenant: tenantCaller(server, id, secret) }
}

interface Seen {
  deltaGapMs: number
  deltas: number
  pings: Pings
  /** How long each run took. */
  runMs: number[]
  problems: string[]
}

/** A stream is read and the server is pinged while callers do one run after the other. */
async function watch({ server, tenant }: Slow): Promise<Seen> {
  const pings: Pings = { pings: 0, failed: 0, worstMs: 0, p99Ms: 0 }
  const seen: Seen = { deltaGapMs: 0, deltas: 0, pings, runMs: [], problems: [] }
  const stream = await openStream(server.url, {
    path: '/v1/chat/stream',
    secret: tenant.secret,
    body: { messages: [{ role: 'user', content: 'Hello' }], model: 'm' },
  })
  await stream.until(/"delta":"word0 "/)
  let over = false
  void stream.closed.then(() => (over = true))
  const isOver = () => over
  const running = Array.from({ length: CALLERS }, () => runUntil(isOver, tenant, seen))
  const pinger = startPinger(server)
  await readDeltas(isOver, stream, seen)
  await Promise.all(running)
  seen.pings = await pinger.stop()
  if (!(await stream.closed).includes('"finish_reason":"stop"')) {
    seen.problems.push('the stream ended without its last event')
  }
  const code = await server.stop()
  if (code !== 0) seen.problems.push(`the stop: status ${code}`)
  return seen
}

async function runUntil(isOver: () => boolean, tenant: Provisioned, seen: Seen): Promise<void> {
  while (!isOver()) {
    const started = performance.now()
    const { status } = await tenant.run()
    seen.runMs.push(performance.now() - started)
    if (status !== 200) seen.problems.push(`a run: ${status}`)
  }
}

/** Looks every few milliseconds whether more has arrived. The last event waits for the disk, and may. */
async function readDeltas(isOver: () => boolean, stream: OpenStream, seen: Seen): Promise<void> {
  let arrivedAt = performance.now()
  while (!isOver()) {
    const deltas = stream.text().split('"delta":"word').length - 1
    if (deltas > seen.deltas) {
      const now = performance.now()
      seen.deltaGapMs = Math.max(seen.deltaGapMs, now - arrivedAt)
      arrivedAt = now
      seen.deltas = deltas
    }
    await Bun.sleep(5)
  }
}

function rowOf({ deltaGapMs, deltas, pings, runMs }: Seen): Report['rows'][number] {
  return {
    'a sync ms': SYNC_MS,
    deltas,
    'longest gap ms': Math.round(deltaGapMs),
    pings: pings.pings,
    'longest ping ms': pings.worstMs,
    runs: runMs.length,
    'shortest run ms': Math.round(Math.min(...runMs)),
  }
}

function measuredOf({ deltaGapMs, pings }: Seen): string {
  return `longest gap ${Math.round(deltaGapMs)} ms, longest ping ${pings.worstMs} ms`
}

function problemsOf({ deltaGapMs, pings, runMs, problems }: Seen): string[] {
  return [
    ...problems,
    ...(deltaGapMs > LONGEST_GAP_MS ? [`the stream stood still for ${deltaGapMs} ms`] : []),
    ...(pings.worstMs > LONGEST_GAP_MS ? [`/health took ${pings.worstMs} ms`] : []),
    ...(pings.failed > 0 ? [`${pings.failed} pings failed`] : []),
    // A run is synced when it is reserved and when it is settled.
    ...(Math.min(...runMs) < SYNC_MS ? ['a run did not wait for the disk'] : []),
  ]
}

if (import.meta.main) await runAlone(slowDisk)
