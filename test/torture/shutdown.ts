import { type AresProcess, configFor, eventually, startAres } from '../binary/ares.ts'
import { provision, type Provisioned, tenantCaller } from '../binary/callers.ts'
import { openStream, type OpenStream } from '../binary/open-stream.ts'
import { endlessStream } from '../scripted-faults.ts'
import { startScriptedProvider, type ScriptedProvider } from '../scripted-provider.ts'
import { answer } from '../scripted-replies.ts'
import { type Acknowledged, acknowledgedRun } from './journal.ts'
import { seededRandom } from './random.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'
import { verify } from './verify.ts'

const HEADING = {
  title: 'Stopped under load',
  goal: 'status 0 within grace + 1 s, every client told, every run terminal, nothing lost',
}

const STREAMS = 100
const RUNS = 20
/** A stream that nobody reads: what waits in its connection never leaves. */
const UNREAD = 1
const ALL = STREAMS + RUNS + UNREAD
const GRACE_S = 2
/** A machine that plays the quick profile has other things to do as well. */
const LATE_MS = { quick: 2000, full: 1000 }
/** One half is done within the grace, the other is not. */
const QUICK_MS = 1000
const SLOW_MS = 60_000
const DELTAS = 20

/** SIGTERM while streams and runs are under way. */
export const shutdown: Scenario = {
  name: 'shutdown',
  about: `SIGTERM with ${STREAMS} streams and ${RUNS} runs under way, half of them longer than the grace`,
  async run(profile, seed) {
    const random = seededRandom(seed)
    const provider = await startScriptedProvider()
    provider.reply(({ body }) => {
      const messages = JSON.stringify(body.messages)
      if (messages.includes('endless')) return endlessStream()
      const isQuick = messages.includes('quick')
      const ms = isQuick ? QUICK_MS : SLOW_MS
      return answer({
        deltas: Array.from({ length: DELTAS }, (_, index) => `word${index} `),
        // Something has arrived of every stream, however slow it is.
        delayMs: isQuick ? ms / DELTAS : SLOW_MS,
        firstDelayMs: body.stream ? 0 : ms,
      })
    })
    const report: Report = { ...HEADING, measured: '', rows: [], problems: [] }
    const rounds = profile === 'full' ? 50 : 2
    for (let round = 1; round <= rounds; round++) {
      const { row, problems } = await stopUnderLoad(provider, random() * 500, LATE_MS[profile])
      report.rows.push({ round, ...row })
      report.problems.push(...problems.map((text) => `round ${round}: ${text}`))
    }
    provider.stop()
    const slowest = Math.max(...report.rows.map((row) => Number(row['stopped after ms'])))
    return { ...report, measured: `${rounds} stops, the slowest after ${slowest} ms` }
  },
}

interface Outcome {
  row: Report['rows'][number]
  problems: string[]
}

async function stopUnderLoad(
  provider: ScriptedProvider,
  waitMs: number,
  lateMs: number,
): Promise<Outcome> {
  provider.requests.length = 0
  const server = await startAres({
    config: configFor(provider.url, { server: `shutdown_timeout_s = ${GRACE_S}` }),
  })
  const tenant = await provision(server)
  const streams = await Promise.all(
    Array.from({ length: STREAMS }, (_, index) => stream(server, tenant, index)),
  )
  const runs = Array.from({ length: RUNS }, (_, index) => tenant.run(messageOf('run', index)))
  const unread = await openStream(server.url, chatOf(tenant, 'endless'))
  unread.pause()
  await eventually('every call is at the provider', () =>
    provider.requests.length === ALL ? true : undefined,
  )
  await Bun.sleep(waitMs)
  const started = performance.now()
  const code = await server.stop()
  const stoppedMs = Math.round(performance.now() - started)
  unread.leave()
  const told = [
    ...(await Promise.all(streams.map(({ closed }) => closed.then(endOfStream)))),
    ...(await Promise.all(runs.map(endOfRun))),
  ]
  const after = await lookAgain(server, tenant, told)
  const count = (status: string) => told.filter((end) => end.status === status).length
  return {
    row: {
      'stopped after ms': stoppedMs,
      completed: count('completed'),
      'told of the stop': count('failed'),
      'not told': count('not told'),
      lost: after.lost.length,
    },
    problems: [
      ...(code === 0 ? [] : [`it ended with ${code}`]),
      ...(stoppedMs <= GRACE_S * 1000 + lateMs ? [] : [`it took ${stoppedMs} ms`]),
      ...told.flatMap((end) => (end.status === 'not told' ? [end.text] : [])),
      ...after.lost,
      ...after.problems,
    ],
  }
}

/** Even ones are done in time. */
function messageOf(kind: string, index: number): string {
  return `${index % 2 === 0 ? 'quick' : 'slow'} ${kind} ${index}`
}

async function stream(server: AresProcess, tenant: Provisioned, index: number) {
  const opened: OpenStream = await openStream(
    server.url,
    chatOf(tenant, messageOf('stream', index)),
  )
  await opened.until(/word0/)
  return opened
}

function chatOf({ secret }: Provisioned, content: string) {
  const body = { messages: [{ role: 'user', content }], model: 'm' }
  return { path: '/v1/chat/stream', secret, body }
}

/** What a client was told in the end. */
type End =
  | { status: 'completed' | 'failed'; acknowledged: Acknowledged | null }
  | { status: 'not told'; text: string }

function endOfStream(text: string): End {
  const [, reason] = /^data: .*"finish_reason":"(stop|error)".*$/m.exec(text) ?? []
  if (reason === undefined) return { status: 'not told', text: `a stream: ${text.slice(-200)}` }
  // A stream's last event does not tell the run; that all of them are settled is looked at by number.
  return { status: reason === 'stop' ? 'completed' : 'failed', acknowledged: null }
}

async function endOfRun(reply: ReturnType<Provisioned['run']>): Promise<End> {
  try {
    const { status, body } = await reply
    if (status !== 200) return { status: 'not told', text: `a run: ${status}` }
    return { status: body.status, acknowledged: acknowledgedRun(body) }
  } catch (error) {
    return { status: 'not told', text: `a run: ${String(error)}` }
  }
}

/** Starts it again on the same data: everything must have been settled by the stop, not by this start. */
async function lookAgain(server: AresProcess, { id, secret }: Provisioned, told: End[]) {
  const again = await startAres({ cwd: server.folder })
  const acknowledged = told.flatMap((end) =>
    end.status === 'not told' || end.acknowledged === null ? [] : [end.acknowledged],
  )
  const { lost, wrong, runs, interrupted } = await verify(again, acknowledged)
  const { status } = await tenantCaller(again, id, secret).get('/v1/agents')
  await again.stop()
  const problems = [
    ...wrong,
    ...(runs === ALL ? [] : [`${runs} runs are recorded`]),
    ...(interrupted === 0 ? [] : [`${interrupted} runs were left to the next start`]),
    ...(status === 200 ? [] : [`the key after the next start: ${status}`]),
  ]
  return { lost, problems }
}

if (import.meta.main) await runAlone(shutdown)
