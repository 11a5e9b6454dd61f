import { type AresProcess, configFor, startAres, within } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { openStream } from '../binary/open-stream.ts'
import { type DirectedProvider, startDirectedProvider } from './lib/directed-provider.ts'
import { residentMb } from './lib/memory.ts'
import { percentile } from './lib/percentile.ts'
import { settledRuns } from './lib/settled-runs.ts'
import { seededRandom } from './random.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'
import { verify } from './verify.ts'

const AT_ONCE = 32
const CLOSED_WITHIN_MS = 1000
const GROWTH_MB = 30
/** Clients until what loads and compiles at first is there: that is no leak. */
const WARM_UP = 1000
/** Clients whose garbage is collected together. Between two collections it grows by some 35 MB, which is no leak either. */
const CYCLE = 6000

/** Clients that go away before their answer is whole. */
export const aborts: Scenario = {
  name: 'aborts',
  about: 'clients that leave in the middle of runs, chats and streams, or right after asking',
  async run(profile, seed): Promise<Report> {
    const provider = await startDirectedProvider()
    const server = await startAres({ config: configFor(provider.url) })
    try {
      const random = seededRandom(seed)
      return await leaveAll({ server, provider, random }, profile === 'full' ? 20_000 : 2000)
    } finally {
      await server.stop()
      provider.stop()
    }
  },
}

interface Stage {
  server: AresProcess
  provider: DirectedProvider
  random: () => number
}

async function leaveAll(stage: Stage, clients: number): Promise<Report> {
  const { server } = stage
  const tenant = await provision(server)
  const closedAfterMs: number[] = []
  const problems: string[] = []
  const rssMb: number[] = []
  let tag = 0
  const lane = async () => {
    while (tag < clients) {
      if (++tag >= WARM_UP) rssMb.push(residentMb(server.pid))
      const ms = await leave(stage, tenant, tag).catch((error: unknown) => String(error))
      if (typeof ms === 'string') problems.push(ms)
      else if (ms !== null) closedAfterMs.push(ms)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
  const [warmMb = 0] = rssMb
  const late = rssMb.slice(-Math.min(CYCLE, rssMb.length / 2))
  const grownMb = Math.round(Math.min(...late) - warmMb)
  const peakMb = Math.round(Math.max(...rssMb) - warmMb)
  const p99 = Math.round(percentile(closedAfterMs, 0.99))
  if (p99 > CLOSED_WITHIN_MS) problems.push(`the provider was left only after ${p99} ms at p99`)
  if (grownMb >= GROWTH_MB) problems.push(`RSS grew by ${grownMb} MB`)
  const { completed, failed } = await settledRuns(server)
  if (completed > 0) problems.push(`${completed} runs are completed`)
  problems.push(...(await verify(server, [])).wrong)
  return {
    title: 'Clients that go away',
    goal: `provider left ≤ ${CLOSED_WITHIN_MS} ms at p99; RSS < +${GROWTH_MB} MB after a collection; every run settled`,
    measured: `${clients} clients, ${closedAfterMs.length} of them while the provider worked: left after p50 ${Math.round(percentile(closedAfterMs, 0.5))} ms, p99 ${p99} ms; RSS ${grownMb} MB more, ${peakMb} MB before a collection; ${failed} runs failed`,
    rows: [],
    problems,
  }
}

const WAYS = ['run', 'chat', 'stream', 'at once'] as const

/** Asks and leaves. @returns after how many ms the provider was left; null for who did not wait for it to be asked */
async function leave(
  { server, provider, random }: Stage,
  { secret }: Provisioned,
  tag: number,
): Promise<number | null> {
  const way = WAYS[Math.floor(random() * WAYS.length)]!
  const message = `[hold] #${tag}#`
  const chat = { model: 'm', messages: [{ role: 'user', content: message }] }
  const request =
    way === 'run'
      ? { path: '/v1/agents/assistant/run', body: { input: { message } } }
      : { path: way === 'chat' ? '/v1/chat' : '/v1/chat/stream', body: chat }
  const stream = await openStream(server.url, { secret, ...request })
  if (way !== 'at once') await within(10_000, provider.arrived(tag), () => `${way} did not arrive`)
  if (way === 'stream') await within(10_000, stream.until(/first/), () => 'no first delta')
  const leftMs = Date.now()
  stream.leave()
  if (way === 'at once') return null
  const atMs = await within(10_000, provider.left(tag), () => `${way}: the provider was not left`)
  return Math.max(0, atMs - leftMs)
}

if (import.meta.main) await runAlone(aborts)
