import { configFor, eventually, startAres } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { startBystander } from './lib/bystander.ts'
import { startDirectedProvider } from './lib/directed-provider.ts'
import { MemoryWatch, residentMb } from './lib/memory.ts'
import { settledRuns } from './lib/settled-runs.ts'
import { startPinger } from './lib/pinger.ts'
import { connectSlowly, type SlowClient, type Slowness } from './lib/slow-client.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'
import { verify } from './verify.ts'

/** Idle connections are closed after 30 s. */
const PATIENCE_MS = 40_000
/** The same for those that take nothing of a stream, after 60 s; the quick profile does not wait for it. */
const UNTAKEN_S = 80
/** As much of an answer as one client may keep waiting: `max_response_bytes`. */
const WAITING_MB = 16.8

/** Connections to the provider that are kept for the next call. */
const LEFT = 2

interface Size {
  /** Of each kind. */
  clients: number
  seconds: number
}

/** Clients that send and read as slowly as they can, and others that must not notice. */
export const slowClients: Scenario = {
  name: 'slow-clients',
  about: 'heads and bodies of a byte a second, silent connections, readers that never read',
  run: (profile) =>
    holdSlowly(profile === 'full' ? { clients: 300, seconds: 180 } : { clients: 60, seconds: 45 }),
}

async function holdSlowly({ clients, seconds }: Size): Promise<Report> {
  const provider = await startDirectedProvider()
  const server = await startAres({ config: configFor(provider.url) })
  const tenant = await provision(server, { name: 'slow' })
  const other = await provision(server, { name: 'other' })
  const bystander = startBystander(() => other.run())
  await Bun.sleep(1000)
  const beforeMb = residentMb(server.pid)
  const memory = new MemoryWatch(server.pid)
  const pinger = startPinger(server)
  const groups = await Promise.all(
    KINDS.map((kind) => connectAll(server.url, tenant, kind, clients)),
  )
  await Bun.sleep(seconds * 1000)
  memory.stop()
  const grownMb = Math.round(memory.peakMb - beforeMb)
  const problems = groups.flatMap(({ kind, clients }) => outstayed(kind, clients))
  // Who does not read does not notice the end either: it is looked at from the other side.
  const served = (await provider.connections()) - LEFT
  if (seconds >= UNTAKEN_S && served > 0)
    problems.push(`${served} that never read are still served`)
  const rows = groups.map(({ kind, clients }) => rowOf(kind, clients))
  for (const { clients } of groups) for (const client of clients) client.leave()
  const pings = await pinger.stop()
  const { tookMs, failed } = await bystander.stop()
  if (failed > 0) problems.push(`${failed} of ${tookMs.length} calls of others failed`)
  if (pings.failed > 0) problems.push(`${pings.failed} of ${pings.pings} pings failed`)
  if (grownMb > clients * WAITING_MB) problems.push(`RSS grew by ${grownMb} MB`)
  await eventually('the provider is left', async () =>
    (await provider.connections()) <= LEFT ? true : undefined,
  ).catch((error: unknown) => problems.push(String(error)))
  await settledRuns(server)
  problems.push(...(await verify(server, [])).wrong)
  await server.stop()
  provider.stop()
  return {
    title: 'Slow clients',
    goal: `connections that send too slowly end within ${PATIENCE_MS / 1000} s, those that take nothing within ${UNTAKEN_S} s; every call of others succeeds; RSS ≤ ${WAITING_MB} MB for each that never reads`,
    measured: `${clients} clients of each kind for ${seconds} s; ${tookMs.length} calls of others, worst /health ${pings.worstMs} ms of ${pings.pings}; RSS at most ${grownMb} MB more`,
    rows,
    problems,
  }
}

async function connectAll(url: string, tenant: Provisioned, kind: Kind, count: number) {
  const connecting = Array.from({ length: count }, () => connectSlowly(url, kind.how(tenant)))
  return { kind, clients: await Promise.all(connecting) }
}

interface Kind {
  name: string
  how(tenant: Provisioned): Slowness
  /** Whether the server has to end it by itself. */
  isEnded: boolean
}

const RUN = '/v1/agents/assistant/run'

const head = (path: string, length: number, key = '') =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    ...(key === '' ? [] : [`Authorization: Bearer ${key}`]),
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    '\r\n',
  ].join('\r\n')

const neverRead = JSON.stringify({
  model: 'm',
  messages: [{ role: 'user', content: '[fault endless-stream]' }],
})

const KINDS: Kind[] = [
  {
    name: 'says nothing',
    how: () => ({ atOnce: '', trickled: '', reads: true }),
    isEnded: true,
  },
  {
    name: 'head, a byte a second',
    how: ({ secret }) => ({ atOnce: '', trickled: head(RUN, 10, secret), reads: true }),
    isEnded: true,
  },
  {
    name: 'body, a byte a second',
    how: ({ secret }) => ({
      atOnce: head(RUN, 500, secret),
      trickled: ' '.repeat(500),
      reads: true,
    }),
    isEnded: true,
  },
  {
    name: 'body of a stranger',
    how: () => ({ atOnce: head(RUN, 500), trickled: ' '.repeat(500), reads: true }),
    isEnded: true,
  },
  {
    name: 'large body, a byte a second',
    how: ({ secret }) => ({
      atOnce: head(RUN, 500_000, secret),
      trickled: ' '.repeat(500),
      reads: true,
    }),
    isEnded: true,
  },
  {
    name: 'half a body',
    how: ({ secret }) => ({ atOnce: `${head(RUN, 500, secret)}{"in`, trickled: '', reads: true }),
    isEnded: true,
  },
  {
    name: 'never reads its stream',
    how: ({ secret }) => ({
      atOnce: head('/v1/chat/stream', neverRead.length, secret) + neverRead,
      trickled: '',
      reads: false,
    }),
    isEnded: false,
  },
]

function outstayed({ name, isEnded }: Kind, clients: SlowClient[]): string[] {
  if (!isEnded) return []
  const late = clients.filter(({ endedAfterMs }) => (endedAfterMs ?? Infinity) > PATIENCE_MS)
  return late.length === 0 ? [] : [`${name}: ${late.length} of ${clients.length} are still there`]
}

function rowOf({ name }: Kind, clients: SlowClient[]) {
  const ended = clients.flatMap(({ endedAfterMs }) => endedAfterMs ?? [])
  const statuses = clients.map(({ received }) => /^HTTP\/1\.1 (\d+)/.exec(received)?.[1] ?? 'none')
  return {
    kind: name,
    ended: ended.length,
    'longest s': Math.round(Math.max(0, ...ended) / 1000),
    answers: [...new Set(statuses)].join(', '),
  }
}

if (import.meta.main) await runAlone(slowClients)
