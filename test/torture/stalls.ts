import { ADMIN_SECRET, type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { measureStall, STALL_GOAL_MS, stallMs as stallOf } from './lib/measured-stall.ts'
import { send } from './lib/requests.ts'
import { type Staller, STALLERS } from './lib/stall-corpus.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

/** A machine with other work stalls by itself, but not each time at the same request: the best of several counts. */
const ROUNDS = { quick: 2, full: 5 }

/** One expensive request at a time, while another process asks for `/health` every 20 ms. */
export const stalls: Scenario = {
  name: 'stalls',
  about: 'one request of at most 1 MiB at a time, and how long it keeps others waiting',
  run: (profile) => runStalls(ROUNDS[profile]),
}

interface Row extends Record<string, string | number> {
  request: string
  kB: number
  status: number
  'took ms': number
  'others waited ms': number
  /** Of the server's event loop. */
  'cpu ms': number
}

async function runStalls(rounds: number): Promise<Report> {
  const counted = await startProviderProcess(['--deltas', '3'])
  const uncounted = await startProviderProcess(['--deltas', '3', '--usage', 'none'])
  const server = await startAres({
    config: configFor(counted.url, { more: models(uncounted.url) }),
  })
  try {
    const tenant = await provision(server)
    const rows: Row[] = []
    for (const staller of STALLERS) rows.push(await bestOf(rounds, server, tenant, staller))
    const worst = Math.max(...rows.map(stallMs))
    return {
      title: 'Stalls',
      goal: `no request of ≤ 1 MiB keeps others waiting for more than ${STALL_GOAL_MS} ms`,
      measured: `at most ${worst} ms; ${rows.length} requests, the best of ${rounds} times each`,
      rows: rows.toSorted((a, b) => stallMs(b) - stallMs(a)),
      problems: rows.flatMap(problemsOf),
    }
  } finally {
    await server.stop()
    counted.stop()
    uncounted.stop()
  }
}

/** `d` is the demo; `u` is a model whose provider does not say how many tokens it used. */
function models(uncountedUrl: string): string {
  return `
[[providers]]
name = "demo"
type = "demo"
models = [{ id = "d", context_length = 100000, supports_tools = true }]
[[providers]]
name = "uncounted"
type = "openai"
base_url = "${uncountedUrl}"
models = [{ id = "u", context_length = 100000 }]
`
}

function stallMs(row: Row): number {
  return stallOf({ waitedMs: row['others waited ms'], cpuMs: row['cpu ms'] })
}

async function bestOf(
  rounds: number,
  server: AresProcess,
  tenant: Provisioned,
  staller: Staller,
): Promise<Row> {
  let best: Row | undefined
  for (let round = 0; round < rounds; round++) {
    const row = await stall(server, tenant, staller)
    if (!best || stallMs(row) < stallMs(best)) best = row
  }
  return best!
}

async function stall(server: AresProcess, tenant: Provisioned, staller: Staller): Promise<Row> {
  const { value, tookMs, waitedMs, cpuMs } = await measureStall(server, () =>
    send(server.url, {
      method: staller.method,
      path: staller.path.replace('{id}', tenant.id),
      headers: {
        ...credentialOf(tenant, staller),
        'content-type': 'application/json',
        ...staller.headers,
      },
      body: staller.body,
    }),
  )
  return {
    request: staller.what,
    kB: Math.round(Buffer.byteLength(staller.body ?? '') / 1024),
    status: value.status,
    'took ms': Math.round(tookMs),
    'others waited ms': waitedMs,
    'cpu ms': Math.round(cpuMs),
  }
}

function credentialOf(tenant: Provisioned, { as }: Staller): Record<string, string> {
  if (as === 'tenant') return { authorization: `Bearer ${tenant.secret}` }
  return as === 'admin' ? { 'x-admin-secret': ADMIN_SECRET } : {}
}

function problemsOf(row: Row): string[] {
  const ms = stallMs(row)
  return [
    ...(ms > STALL_GOAL_MS ? [`${row.request}: ${ms} ms`] : []),
    ...(row.status >= 500 ? [`${row.request}: ${row.status}`] : []),
  ]
}

if (import.meta.main) await runAlone(stalls)
