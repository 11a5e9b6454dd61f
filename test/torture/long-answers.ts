import { type AresProcess, configFor, eventually, startAres } from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { startBystander } from './lib/bystander.ts'
import { startDirectedProvider } from './lib/directed-provider.ts'
import { MemoryWatch, residentMb } from './lib/memory.ts'
import { type Pings, startPinger } from './lib/pinger.ts'
import { connectSlowly } from './lib/slow-client.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'
import { verify } from './verify.ts'

const RUNS = 100
const MESSAGE = 'm'.repeat(1_000_000)
const CALLERS = 60
/** Those that never read ask for so much on one connection that no buffer of the system holds it. */
const PIPELINED = 20

const LIST = '/v1/agents/assistant/runs?per_page=100'

/** How long each crowd is there, in seconds. */
interface Size {
  readers: number
  neverReaders: number
}

const GOAL_MB = 150
/** Of `/health`, p99. */
const GOAL_MS = 100

/** Those that read nothing are given up after 60 s; the quick profile does not wait for it. */
const PATIENCE_S = 80

/** Callers that ask for all that was said at once, and that do not read what they are told. */
export const longAnswers: Scenario = {
  name: 'long-answers',
  about: 'a hundred runs of a megabyte each, listed and fetched by sixty at once',
  run: (profile) =>
    askForAll(
      profile === 'full'
        ? { readers: 60, neverReaders: PATIENCE_S + 10 }
        : { readers: 10, neverReaders: 10 },
    ),
}

async function askForAll(size: Size): Promise<Report> {
  const provider = await startDirectedProvider()
  const server = await startAres({ config: configFor(provider.url) })
  const tenant = await provision(server, { name: 'chatty' })
  const other = await provision(server, { name: 'other' })
  const ids = await said(tenant)
  await Bun.sleep(2000)
  const beforeMb = residentMb(server.pid)
  const bystander = startBystander(() => other.run())
  const crowds: Crowd[] = [
    await watched(server, 'read lists', () =>
      readAll(server.url, tenant, () => LIST, size.readers),
    ),
    await watched(server, 'read details', () =>
      readAll(server.url, tenant, (n) => `/v1/runs/${ids[n % ids.length]}`, size.readers),
    ),
    await watched(server, 'never read', () => neverRead(server.url, tenant, ids, size)),
  ]
  const { tookMs, failed } = await bystander.stop()
  const problems = crowds.flatMap((crowd) => problemsOf(crowd, beforeMb))
  if (failed > 0) problems.push(`${failed} of ${tookMs.length} calls of others failed`)
  await eventually('the tenant is answered again', async () =>
    (await tenant.get(LIST)).status === 200 ? true : undefined,
  ).catch((error: unknown) => problems.push(String(error)))
  problems.push(...(await verify(server, [])).wrong)
  await server.stop()
  provider.stop()
  return {
    title: 'Long answers',
    goal: `RSS +${GOAL_MB} MB, /health p99 ≤ ${GOAL_MS} ms, others are served, who reads nothing is given up`,
    measured: `${RUNS} runs of ${MESSAGE.length / 1e6} MB, ${CALLERS} callers; RSS before ${Math.round(beforeMb)} MB; ${tookMs.length} calls of others`,
    rows: crowds.map((crowd) => rowOf(crowd, beforeMb)),
    problems,
  }
}

/** Runs with long messages; their ids. */
async function said(tenant: Provisioned): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < RUNS; n++) {
    const { status, body } = await tenant.run(MESSAGE)
    if (status !== 200) throw new Error(`a run was answered with ${status}`)
    ids.push(body.id)
  }
  return ids
}

/** What some callers did, and what was seen of the server meanwhile. */
interface Crowd {
  name: string
  answers: Answers
  pings: Pings
  peakMb: number
}

/** How many answers of each status. */
type Answers = Record<string, number>

async function watched(
  server: AresProcess,
  name: string,
  ask: () => Promise<Answers>,
): Promise<Crowd> {
  const memory = new MemoryWatch(server.pid)
  const pinger = startPinger(server)
  const answers = await ask()
  memory.stop()
  return { name, answers, pings: await pinger.stop(), peakMb: memory.peakMb }
}

/** Each asks again as soon as it is answered. */
async function readAll(
  url: string,
  { secret }: Provisioned,
  pathOf: (n: number) => string,
  seconds: number,
): Promise<Answers> {
  const endMs = performance.now() + seconds * 1000
  const answers: Answers = {}
  let asked = 0
  const call = async () => {
    while (performance.now() < endMs) {
      const path = pathOf(asked++)
      const reply = await fetch(url + path, { headers: { authorization: `Bearer ${secret}` } })
      await reply.arrayBuffer()
      answers[reply.status] = (answers[reply.status] ?? 0) + 1
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, call))
  return answers
}

async function neverRead(
  url: string,
  tenant: Provisioned,
  ids: string[],
  { neverReaders }: Size,
): Promise<Answers> {
  const asking = (path: string) =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${tenant.secret}\r\n\r\n`
  const clients = await Promise.all(
    Array.from({ length: CALLERS }, (_, n) =>
      connectSlowly(url, {
        atOnce: asking(n % 2 === 0 ? LIST : `/v1/runs/${ids[n]}`).repeat(PIPELINED),
        trickled: '',
        reads: false,
      }),
    ),
  )
  await Bun.sleep(neverReaders * 1000)
  // They are all still there: only the server can have made room.
  const { status } = neverReaders > PATIENCE_S ? await tenant.get(LIST) : { status: 'not asked' }
  for (const client of clients) client.leave()
  return { [status]: 1 }
}

function problemsOf({ name, answers, pings, peakMb }: Crowd, beforeMb: number): string[] {
  const odd = Object.keys(answers).filter((status) => !EXPECTED.has(status))
  return [
    ...odd.map((status) => `${name}: ${answers[status]} answers ${status}`),
    ...(pings.failed > 0 ? [`${name}: ${pings.failed} of ${pings.pings} pings failed`] : []),
    ...(pings.p99Ms > GOAL_MS ? [`${name}: /health p99 ${pings.p99Ms} ms`] : []),
    ...(peakMb - beforeMb > GOAL_MB
      ? [`${name}: RSS grew by ${Math.round(peakMb - beforeMb)} MB`]
      : []),
  ]
}

const EXPECTED = new Set(['200', '429', '503', 'not asked'])

function rowOf({ name, answers, pings, peakMb }: Crowd, beforeMb: number) {
  return {
    crowd: name,
    answers: Object.entries(answers)
      .map(([status, count]) => `${count} × ${status}`)
      .join(', '),
    'RSS + MB': Math.round(peakMb - beforeMb),
    '/health p99 ms': pings.p99Ms,
    'worst ms': pings.worstMs,
  }
}

if (import.meta.main) await runAlone(longAnswers)
