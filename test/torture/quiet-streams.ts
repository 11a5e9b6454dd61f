import { type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { openStream } from '../binary/open-stream.ts'
import { startDirectedProvider } from './lib/directed-provider.ts'
import { MemoryWatch } from './lib/memory.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

/** Promised is one at least every ten seconds. */
const LONGEST_SILENCE_MS = 10_000
const SLOPE_MB_A_MINUTE = 1
/** By then everything is loaded and every stream open. */
const WARM_UP_S = 120

interface Size {
  streams: number
  /** Of them, those that say nothing in the middle. */
  quiet: number
  seconds: number
  quietSeconds: number
}

/** Many streams for a long time, some of them silent. */
export const quietStreams: Scenario = {
  name: 'quiet-streams',
  about: 'many streams of an event a second, some of them silent for minutes',
  run: (profile) =>
    holdStreams(
      profile === 'full'
        ? { streams: 500, quiet: 100, seconds: 600, quietSeconds: 300 }
        : { streams: 100, quiet: 20, seconds: 20, quietSeconds: 18 },
    ),
}

async function holdStreams({ streams, quiet, seconds, quietSeconds }: Size): Promise<Report> {
  const provider = await startDirectedProvider()
  // Neither silence nor length is the provider's fault here.
  const patience = `idle_timeout_ms = ${2000 * seconds}\ntimeout_ms = ${2000 * seconds}`
  const config = configFor(provider.url).replace('max_retries = 0', patience)
  const server = await startAres({ config })
  const tenant = await provision(server)
  const memory = new MemoryWatch(server.pid)
  const watched = await Promise.all(
    Array.from({ length: streams }, (_, index) =>
      index < quiet
        ? watchStream(server, tenant, { text: `[quiet ${quietSeconds * 1000}]`, events: 1 })
        : watchStream(server, tenant, { text: `[ticks ${seconds} 1000]`, events: seconds }),
    ),
  )
  memory.stop()
  const code = await server.stop()
  provider.stop()
  const longestMs = Math.max(...watched.map(({ silenceMs }) => silenceMs))
  const slope = memory.slopeFrom(WARM_UP_S)
  const problems = watched.flatMap((stream) => stream.problems)
  if (code !== 0) problems.push(`SIGTERM ended with ${code}`)
  if (longestMs > LONGEST_SILENCE_MS) problems.push(`nothing came for ${longestMs} ms`)
  if (slope !== null && slope >= SLOPE_MB_A_MINUTE) problems.push(`RSS grows ${slope} MB a minute`)
  return {
    title: 'Long and quiet streams',
    goal: `0 early ends; silence ≤ ${LONGEST_SILENCE_MS} ms; RSS < +${SLOPE_MB_A_MINUTE} MB a minute after minute 2`,
    measured: `${streams} streams for ${seconds} s, ${quiet} of them quiet for ${quietSeconds} s; longest silence ${Math.round(longestMs)} ms; RSS peak ${Math.round(memory.peakMb)} MB, ${slope === null ? 'too short for a slope' : `${slope.toFixed(2)} MB a minute`}`,
    rows: [],
    problems,
  }
}

interface Directed {
  text: string
  /** How many deltas are due. */
  events: number
}

/** How often it is looked whether anything came; silences are as exact as that. */
const LOOK_MS = 250

/** Reads a stream to its end, and notes its longest silence. */
async function watchStream(
  server: AresProcess,
  { secret }: Provisioned,
  { text, events }: Directed,
): Promise<{ silenceMs: number; problems: string[] }> {
  const body = { model: 'm', messages: [{ role: 'user', content: text }] }
  const stream = await openStream(server.url, { path: '/v1/chat/stream', secret, body })
  let length = 0
  let lastMs = performance.now()
  let silenceMs = 0
  const looking = setInterval(() => {
    const nowMs = performance.now()
    silenceMs = Math.max(silenceMs, nowMs - lastMs)
    if (stream.text().length > length) lastMs = nowMs
    length = stream.text().length
  }, LOOK_MS)
  const whole = await stream.closed
  clearInterval(looking)
  const deltas = whole.match(/"finish_reason":null/g)?.length ?? 0
  const isWhole = deltas === events && whole.includes('"finish_reason":"stop"')
  const problem = `${text}: ended after ${deltas} deltas: ${whole.slice(-200)}`
  return { silenceMs, problems: isWhole ? [] : [problem] }
}

if (import.meta.main) await runAlone(quietStreams)
