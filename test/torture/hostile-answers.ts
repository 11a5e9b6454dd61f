import { type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned } from '../binary/callers.ts'
import { measureStall, STALL_GOAL_MS, stallMs, takePeakMb } from './lib/measured-stall.ts'
import { residentMb } from './lib/memory.ts'
import { send } from './lib/requests.ts'
import { STALLING_ANSWERS, type StallingAnswer } from './lib/stalling-answers.ts'
import type { Format } from './lib/stalling-wires.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'

const MEMORY_GOAL_MB = 64
/** A machine with other work stalls by itself, but not each time at the same answer. */
const TRIES = 3

/** One expensive answer at a time, on every surface and wire, while another process asks for `/health` every 20 ms. */
export const hostileAnswers: Scenario = {
  name: 'hostile-answers',
  about:
    'one answer of a hostile provider at a time, how long it keeps others waiting and what memory it takes',
  run: runHostileAnswers,
}

interface Surface {
  name: string
  path: string
  stream: boolean
  body: (model: string, message: string) => object
}

const said = (message: string) => [{ role: 'user', content: message }]

const SURFACES: Surface[] = [
  {
    name: 'run',
    path: '/v1/agents/{model}-agent/run',
    stream: false,
    body: (_model, message) => ({ input: { message } }),
  },
  ...both('chat', '/v1/chat', {}, '/v1/chat/stream'),
  ...both('completions', '/v1/chat/completions'),
  ...both('messages', '/v1/messages', { max_tokens: 100 }),
  {
    name: 'responses',
    path: '/v1/responses',
    stream: false,
    body: (model, input) => ({ model, input }),
  },
  {
    name: 'responses, streamed',
    path: '/v1/responses',
    stream: true,
    body: (model, input) => ({ model, input, stream: true }),
  },
]

/** A surface that has messages, whole and streamed: by a field, or on a path of its own. */
function both(name: string, path: string, more: object = {}, streamPath?: string): Surface[] {
  const body = (model: string, message: string) => ({ model, messages: said(message), ...more })
  const streamed = streamPath
    ? body
    : (model: string, message: string) => ({ ...body(model, message), stream: true })
  return [
    { name, path, stream: false, body },
    { name: `${name}, streamed`, path: streamPath ?? path, stream: true, body: streamed },
  ]
}

/** The ids of the models are the names of the formats. */
const FORMATS: Format[] = ['openai', 'anthropic', 'gemini']

interface Case {
  answer: Pick<StallingAnswer, 'name' | 'about'>
  format: Format
  surface: Surface
}

interface Row extends Record<string, string | number> {
  answer: string
  'asked through': string
  provider: string
  status: number
  'took ms': number
  'others waited ms': number
  'cpu ms': number
  'memory MB': number
}

async function runHostileAnswers(profile: Profile): Promise<Report> {
  const provider = await startProviderProcess([], 'lib/stalling-provider.ts')
  const server = await startAres({
    config: configFor(provider.url, { more: models(provider.url) }),
  })
  try {
    const tenant = await provision(server)
    await warmUp(server, tenant)
    const warmMb = residentMb(server.pid)
    const rows: Row[] = []
    for (const each of casesOf(profile)) rows.push(await bestOf(server, tenant, each))
    const leftMb = Math.round(residentMb(server.pid) - warmMb)
    const worst = Math.max(...rows.map(rowStallMs))
    const most = Math.max(...rows.map((row) => row['memory MB']))
    return {
      title: 'Hostile answers',
      goal: `no answer keeps others waiting for more than ${STALL_GOAL_MS} ms, or takes more than ${MEMORY_GOAL_MB} MB`,
      measured: `at most ${worst} ms and ${most} MB; ${rows.length} answers, the best of at most ${TRIES} times each; ${leftMb} MB above a warm start after all of them`,
      rows: rows.toSorted((a, b) => rowStallMs(b) - rowStallMs(a)),
      problems: rows.flatMap(problemsOf),
    }
  } finally {
    await server.stop()
    provider.stop()
  }
}

/** Every answer on every surface and wire; the quick profile takes the surfaces in turn. */
function casesOf(profile: Profile): Case[] {
  const all = STALLING_ANSWERS.flatMap((answer, place) =>
    FORMATS.flatMap((format, wire) => {
      const fitting = SURFACES.filter(({ stream }) => answer[stream ? 'streamed' : 'whole'])
      const some = profile === 'full' ? fitting : inTurn(fitting, place + 4 * wire)
      return some.map((surface) => ({ answer, format, surface }))
    }),
  )
  return [...all, ...EMBEDDED]
}

function inTurn(surfaces: Surface[], place: number): Surface[] {
  return [0, 3].map((step) => surfaces[(place + step) % surfaces.length]!)
}

const EMBEDDED: Case[] = [
  embedded('vectors', 'vectors of 15 MB', '[stall vectors]'),
  embedded(
    'texts',
    'vectors for five texts of 199 kB, counted here',
    Array<string>(5).fill('the quick brown fox '.repeat(9950)),
  ),
]

function embedded(name: string, about: string, input: string | string[]): Case {
  const body = (model: string) => ({ model, input })
  const surface = { name: 'embeddings', path: '/v1/embeddings', stream: false, body }
  return { answer: { name, about }, format: 'openai', surface }
}

function models(url: string): string {
  const tables = FORMATS.map(
    (type) => `
[[providers]]
name = "${type}"
type = "${type}"
base_url = "${type === 'gemini' ? new URL(url).origin : url}"
api_key = "sk-scripted-sentinel"
max_retries = 0
models = [{ id = "${type}", context_length = 1000000, supports_tools = true }]
`,
  )
  return tables.join('')
}

/** Agents with a tool for each wire, and every surface once: code is compiled, connections open, the tokenizer loaded. */
async function warmUp(server: AresProcess, tenant: Provisioned): Promise<void> {
  for (const model of FORMATS) {
    await operator(server).post(`/api/admin/tenants/${tenant.id}/agents`, {
      name: `${model}-agent`,
      agent_type: 'custom',
      config: { model, tools: ['calculator'] },
    })
    for (const surface of SURFACES) {
      for (const name of ['none', 'words'])
        await ask(server, tenant, { surface, format: model, answer: { name, about: '' } })
    }
  }
}

function ask(server: AresProcess, tenant: Provisioned, { surface, format, answer }: Case) {
  return send(server.url, {
    method: 'POST',
    path: surface.path.replace('{model}', format),
    headers: { authorization: `Bearer ${tenant.secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(surface.body(format, `[stall ${answer.name}]`)),
  })
}

async function bestOf(server: AresProcess, tenant: Provisioned, each: Case): Promise<Row> {
  let best: Row | undefined
  for (let tried = 0; tried < TRIES; tried++) {
    const row = await measure(server, tenant, each)
    if (!best || share(row) < share(best)) best = row
    if (problemsOf(best).length === 0) break
  }
  return best!
}

async function measure(server: AresProcess, tenant: Provisioned, each: Case): Promise<Row> {
  takePeakMb(server.pid)
  const beforeMb = residentMb(server.pid)
  const stall = await measureStall(server, () => ask(server, tenant, each))
  const { value, tookMs, waitedMs, cpuMs } = stall
  return {
    answer: each.answer.about,
    'asked through': each.surface.name,
    provider: each.format,
    status: value.status,
    'took ms': Math.round(tookMs),
    'others waited ms': waitedMs,
    'cpu ms': Math.round(cpuMs),
    'memory MB': Math.round(Math.max(0, takePeakMb(server.pid) - beforeMb)),
  }
}

/** How much of its goals an answer takes, by the worse of the two. */
function share(row: Row): number {
  return Math.max(rowStallMs(row) / STALL_GOAL_MS, row['memory MB'] / MEMORY_GOAL_MB)
}

function rowStallMs(row: Row): number {
  return stallMs({ waitedMs: row['others waited ms'], cpuMs: row['cpu ms'] })
}

/** A fault of the provider's is an ordinary failed run. */
const ORDINARY = new Set([200, 502])

function problemsOf(row: Row): string[] {
  const what = `${row.answer}, ${row['asked through']}, ${row.provider}`
  const ms = rowStallMs(row)
  return [
    ...(ms > STALL_GOAL_MS ? [`${what}: ${ms} ms`] : []),
    ...(row['memory MB'] > MEMORY_GOAL_MB ? [`${what}: ${row['memory MB']} MB`] : []),
    ...(ORDINARY.has(row.status) ? [] : [`${what}: ${row.status}`]),
  ]
}

if (import.meta.main) await runAlone(hostileAnswers)
