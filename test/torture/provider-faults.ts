import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { type AresProcess, configFor, eventually, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned } from '../binary/callers.ts'
import { openBlackhole } from '../unit/providers/blackhole.ts'
import { startBystander } from './lib/bystander.ts'
import { type DirectedProvider, startDirectedProvider } from './lib/directed-provider.ts'
import { DEADLINES, type Outcome, OUTCOMES, RETRIED, UNREACHED } from './lib/fault-outcomes.ts'
import { percentile } from './lib/percentile.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

const SLACK_MS = 1000

/** Everything that a provider may do wrong, asked for by run, chat and stream. */
export const providerFaults: Scenario = {
  name: 'provider-faults',
  about: 'every way a provider can fail, and a healthy one beside it',
  async run(profile): Promise<Report> {
    const faulty = await startDirectedProvider()
    const healthy = await startProviderProcess(['--deltas', '3'])
    const blackhole = await openBlackhole()
    const config = configWith({
      faulty: faulty.url,
      healthy: healthy.url,
      blackhole: blackhole.url,
    })
    const server = await startAres({ config })
    try {
      return await playAll({ server, faulty, copies: profile === 'full' ? 3 : 1 })
    } finally {
      await server.stop()
      blackhole.close()
      faulty.stop()
      healthy.stop()
    }
  },
}

interface Stage {
  server: AresProcess
  faulty: DirectedProvider
  /** How often each fault is played at the same time. */
  copies: number
}

/** One fault of one provider, and what has to become of it. */
interface Case {
  name: string
  model: string
  message: string
  outcome: Outcome
}

const CASES: Case[] = [
  ...casesOf('m', OUTCOMES),
  ...casesOf('retrying', RETRIED),
  ...Object.entries(UNREACHED).map(([model, outcome]) => ({
    name: model,
    model,
    message: 'Hello',
    outcome,
  })),
]

/** Leaves connections behind that are kept, and the tokenizer loaded. */
const WARM_UP: Case = {
  name: 'warm-up',
  model: 'm',
  message: '[fault no-usage]',
  outcome: OUTCOMES['no-usage'],
}

function casesOf(model: string, outcomes: Record<string, Outcome>): Case[] {
  return Object.entries(outcomes).map(([mode, outcome]) => ({
    name: `${model} ${mode}`,
    model,
    message: `[fault ${mode}]`,
    outcome,
  }))
}

async function playAll({ server, faulty, copies }: Stage): Promise<Report> {
  // Counting loads the tokenizer once, which would look like a missed deadline.
  await playCopies(server, WARM_UP, copies)
  const problems: string[] = []
  const idleConnections = await faulty.connections()
  const beside = await provision(server, { name: 'beside' })
  const chat = { model: 'healthy', messages: [{ role: 'user', content: 'Hello' }] }
  const bystander = startBystander(() => beside.post('/v1/chat', chat))
  for (const each of CASES) problems.push(...(await playCopies(server, each, copies)))
  const { tookMs, failed } = await bystander.stop()
  if (failed > 0) problems.push(`${failed} calls of the healthy provider failed`)
  await eventually('the connections to the provider are closed', async () =>
    (await faulty.connections()) <= Math.max(idleConnections, copies) ? true : undefined,
  ).catch((error: unknown) => problems.push(String(error)))
  return {
    title: 'Provider faults',
    goal: `${CASES.length} faults × run, chat and stream: status, run, tokens as expected, at most ${SLACK_MS} ms after the deadline; connections closed; others unaffected`,
    measured: `${CASES.length * 3 * copies} calls; ${tookMs.length} calls of a healthy provider meanwhile, p50 ${percentile(tookMs, 0.5)} ms, p99 ${percentile(tookMs, 0.99)} ms`,
    rows: [],
    problems,
  }
}

async function playCopies(server: AresProcess, each: Case, copies: number): Promise<string[]> {
  const plays = Array.from({ length: copies }, (_, copy) => play(server, each, copy))
  return (await Promise.all(plays)).flat().map((problem) => `${each.name}: ${problem}`)
}

/** A tenant of its own asks in all three ways, one after the other. */
async function play(server: AresProcess, each: Case, copy: number): Promise<string[]> {
  const { model, message, outcome } = each
  const name = `${each.name.replaceAll(' ', '-')}-${copy}`
  const tenant = await provision(server, { name })
  const agent = { name: 'faulted', agent_type: 'custom', config: { model, tools: ['calculator'] } }
  await operator(server).post(`/api/admin/tenants/${tenant.id}/agents`, agent)
  const chat = { agent_type: 'faulted', messages: [{ role: 'user', content: message }] }
  const run = await timed(() => tenant.post('/v1/agents/faulted/run', { input: { message } }))
  const plain = await timed(() => tenant.post('/v1/chat', chat))
  const stream = await timed(() => readStream(server, tenant, chat))
  const late = [run, plain, stream].filter(({ ms }) => ms > outcome.deadlineMs + SLACK_MS)
  return [
    ...different('run', [run.value.status, run.value.body.status], [200, outcome.run]),
    ...different('chat', plain.value.status, outcome.chat),
    ...different('stream', stream.value, outcome.stream),
    ...late.map(({ ms }) => `took ${Math.round(ms)} ms, with a deadline of ${outcome.deadlineMs}`),
    ...storedProblems(server, tenant.id, each),
  ]
}

function different(what: string, seen: unknown, expected: unknown): string[] {
  const [is, due] = [JSON.stringify(seen), JSON.stringify(expected)]
  return is === due ? [] : [`${what}: ${is} instead of ${due}`]
}

/** The status of a refusal, or the finish reason of the last event. */
async function readStream(server: AresProcess, tenant: Provisioned, chat: object) {
  const response = await fetch(`${server.url}/v1/chat/stream`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(chat),
  })
  const text = await response.text()
  if (response.status !== 200) return response.status
  const last = text.trimEnd().split('\n\n').at(-1) ?? ''
  return JSON.parse(last.replace(/^data: /, '')).finish_reason
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; ms: number }> {
  const startedMs = performance.now()
  const value = await work()
  return { value, ms: performance.now() - startedMs }
}

interface StoredRun {
  status: string
  tokens: number
  lease_until: string | null
}

/** How a chat or stream ends that failed. */
const FAILED = new Set<number | string>([502, 504, 'error'])

/** What the database has about the three calls. */
function storedProblems(server: AresProcess, tenantId: string, { outcome }: Case): string[] {
  const database = new Database(join(server.folder, 'data/ares.db'), { readonly: true })
  const rows = database
    .query<StoredRun, [string]>(
      `select status, input_tokens + output_tokens as tokens, lease_until
       from runs where tenant_id = ? order by id`,
    )
    .all(tenantId)
  database.close()
  const statuses = [outcome.run === 'completed' ? 200 : 502, outcome.chat, outcome.stream]
    // What is refused before it starts is no run.
    .filter((status) => status !== 503)
    .map((status) => (FAILED.has(status) ? 'failed' : 'completed'))
  const paid = outcome.tokens === 'some'
  return [
    ...different(
      'stored',
      rows.map(({ status }) => status),
      statuses,
    ),
    ...rows
      .filter(({ tokens }) => tokens > 0 !== paid || tokens > 1_000_000)
      .map(({ tokens }) => `${tokens} tokens instead of ${outcome.tokens}`),
    ...rows.filter(({ lease_until }) => lease_until !== null).map(() => 'a run is still open'),
  ]
}

function configWith(urls: { faulty: string; healthy: string; blackhole: string }): string {
  const deadlines = `
connect_timeout_ms = ${DEADLINES.connect}
first_byte_timeout_ms = ${DEADLINES.firstByte}
idle_timeout_ms = ${DEADLINES.idle}
timeout_ms = ${DEADLINES.total}
max_response_bytes = 1000000`
  const provider = (name: string, url: string, more = 'max_retries = 0') => `
[[providers]]
name = "${name}"
type = "openai"
base_url = "${url}"
${deadlines}
${more}
[[providers.models]]
id = "${name}"
context_length = 100000
supports_tools = true
`
  return configFor(urls.faulty, {
    more: [
      provider('healthy', urls.healthy),
      provider('retrying', urls.faulty, 'max_retries = 2'),
      provider('nobody-listens', 'http://127.0.0.1:1/v1'),
      provider('no-such-host', 'http://nowhere.invalid/v1'),
      provider('no-key', urls.faulty, 'api_key_env = "NOT_SET_ANYWHERE"'),
      provider('connects-never', urls.blackhole),
    ].join(''),
  }).replace('max_retries = 0', `max_retries = 0${deadlines}`)
}

if (import.meta.main) await runAlone(providerFaults)
