import {
  type AresOptions,
  startRelayingAres,
  startStreamingAres,
  withBaseline,
} from '../lib/ares.ts'
import { compared, FIGURE_COLUMNS, figureRow } from '../lib/compared.ts'
import {
  type Contestant,
  startNginx,
  startPortkey,
  startProvider,
  startProxy,
  withDeltas,
} from '../lib/contestants.ts'
import { openStreams } from '../lib/load.ts'
import type { Measured } from '../lib/process.ts'
import type { Report } from '../lib/report.ts'
import { alternate, callers, type Figures, inTurns, makeWarm } from '../lib/rounds.ts'

const SHORT = 50
const LONG = 250
/** Of each length. */
const WARM_UP = { connections: 32, requests: 5000 }

/** Streams back to back, of two lengths: what differs is what a further chunk costs. */
export function backToBack(quick: boolean): Promise<Report> {
  return twoLengths('Streams back to back, 16 at a time', startServers, quick)
}

/** The same of chat completions, whose events are handed through. */
export function relayedBackToBack(quick: boolean): Promise<Report> {
  const title = 'Relayed streams of chat completions back to back, 16 at a time'
  return twoLengths(title, startRelays, quick)
}

async function twoLengths(
  title: string,
  start: (provider: Measured) => Promise<Contestant[]>,
  quick: boolean,
): Promise<Report> {
  const provider = await startProvider()
  const servers = await start(provider)
  const figures = await alternate(
    [SHORT, LONG].flatMap((deltas) => servers.map((server) => withDeltas(server, deltas))),
    callers(16, quick, WARM_UP),
  )
  for (const server of [...servers, provider]) await server.stop()

  const short = figures.slice(0, servers.length)
  const rows = short.flatMap((of, index) => {
    const long = figures[servers.length + index]!
    const further = (long.cpuUs - of.cpuUs) / (LONG - SHORT)
    return [
      [...figureRow(of), SHORT, of.cpuUs / SHORT, further],
      [...figureRow(long), LONG, long.cpuUs / LONG, further],
    ]
  })
  return {
    ...compared(title, short),
    columns: [...FIGURE_COLUMNS, 'deltas', 'CPU µs/delta', 'CPU µs/further delta'],
    rows,
  }
}

const PACED = { streams: 40, gap: 5 }
const DELTAS = 10
const PACE_MS = 20

/** Streams as people see them: each delta by itself. The times are those to the first event. */
export async function paced(quick: boolean): Promise<Report> {
  const provider = await startProvider(['--deltas', String(DELTAS), '--pace', String(PACE_MS)])
  const servers = await startServers(provider)
  // A single delta takes no pause.
  for (const server of servers) await makeWarm(withDeltas(server, 1), WARM_UP)
  const figures = await inTurns(servers, quick ? 5 : 20, (server) => openStreams(server, PACED))
  for (const server of [...servers, provider]) await server.stop()
  return {
    title: `${PACED.streams} streams, ${PACED.gap} ms apart, ${DELTAS} deltas, ${PACE_MS} ms apart: time to the first event`,
    columns: [...FIGURE_COLUMNS, 'CPU µs/delta'],
    rows: figures.map((of) => [...figureRow(of), of.cpuUs / DELTAS]),
    notes: pacedNotes(figures),
  }
}

function pacedNotes(figures: Figures[]): string[] {
  const ares = figures.find(({ name }) => name === 'ARES')!
  return figures
    .filter((other) => other !== ares)
    .flatMap((other) => [
      `first event, ARES − ${other.name}: ${(ares.p50Ms - other.p50Ms).toFixed(2)} ms (p50)`,
      `CPU per delta, ARES ÷ ${other.name}: ${(ares.cpuUs / other.cpuUs).toFixed(2)}`,
    ])
}

/** Our own streams of chats. */
function startServers(provider: Measured): Promise<Contestant[]> {
  return beside(provider, (options) => startStreamingAres(provider, options))
}

function startRelays(provider: Measured): Promise<Contestant[]> {
  return beside(provider, (options) => startRelayingAres(provider, true, options))
}

async function beside(
  provider: Measured,
  startOurs: (options: AresOptions) => Promise<Contestant>,
): Promise<Contestant[]> {
  const nginx = await startNginx(provider, true)
  return [
    await startProxy(provider, true),
    ...(nginx ? [nginx] : []),
    ...(await withBaseline(startOurs)),
    await startPortkey(provider, true),
  ]
}
