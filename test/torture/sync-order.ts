import { join } from 'node:path'
import { type AresProcess, configFor, emptyFolder, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned } from '../binary/callers.ts'
import { openStream } from '../binary/open-stream.ts'
import { startScriptedProvider } from '../scripted-provider.ts'
import { answer } from '../scripted-replies.ts'
import { runAlone, type Scenario } from './scenario.ts'
import { readTrace, traced } from './strace.ts'
import { missing, skipped } from './tools.ts'
import { type Answered, durabilityProblems, foldProblems } from './write-order.ts'

/*
 * What a power loss takes is what was not synced. It cannot be caused here, but its order can be seen: before each
 * answer the log must have been synced, and a log may be emptied only after the file was.
 */

const HEADING = {
  title: 'Synced before it is answered',
  goal: 'a sync of the log between the commit and every 2xx; file synced before the log is emptied',
}

const CALLS = [
  'pwrite64',
  'fsync',
  'fdatasync',
  'ftruncate',
  'sendto',
  'sendmsg',
  'write',
  'writev',
]
/** A whole page of the database. */
const PAGE_BYTES = 4096
/** What a run leaves in the log, so that it has to be folded several times. */
const MESSAGE = 'x'.repeat(20_000)

/** Reads from a trace of the system calls whether anything was answered before it was on the disk. */
export const syncOrder: Scenario = {
  name: 'sync-order',
  about: 'the order of writes, syncs and answers, as the kernel saw it',
  async run(profile) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const trace = join(emptyFolder(), 'trace')
    const provider = await startScriptedProvider()
    const server = await startAres({
      config: configFor(provider.url),
      wrapper: traced(trace, CALLS, PAGE_BYTES),
    })
    const answered = await load(server, provider, profile === 'full' ? 40 : 4)
    const code = await server.stop()
    provider.stop()
    const calls = await readTrace(trace)
    const folds = foldProblems(calls)
    const problems = [
      ...durabilityProblems(calls, answered),
      ...folds.problems,
      ...(folds.count === 0 ? ['the log was never folded'] : []),
      ...(code === 0 ? [] : [`the stop: status ${code}`]),
    ]
    return {
      ...HEADING,
      measured: `${answered.length} answers, ${folds.count} folds, ${problems.length} out of order`,
      rows: [{ calls: calls.length, answers: answered.length, folds: folds.count }],
      problems,
    }
  },
}

type Provider = Awaited<ReturnType<typeof startScriptedProvider>>

async function load(server: AresProcess, provider: Provider, rounds: number): Promise<Answered[]> {
  // Every call gets another text, and another number of tokens.
  let count = 0
  provider.reply(() => answer({ text: `answer-${++count}.`, usage: { input: 1, output: count } }))
  const answered: Answered[] = []
  for (let round = 1; round <= rounds; round++) {
    const tenant = await provision(server, { name: `order-${round}` })
    answered.push({ what: 'provisioning', stored: tenant.id, sent: tenant.id })
    answered.push(await newKey(server, tenant))
    answered.push(await stream(server, tenant))
    const runs = await Promise.all(Array.from({ length: 32 }, () => tenant.run(MESSAGE)))
    for (const { body } of runs) {
      answered.push({ what: 'run', stored: textOf(body), sent: body.id })
    }
  }
  return answered
}

function textOf(body: { output: unknown }): string {
  return /answer-\d+\./.exec(JSON.stringify(body.output))![0]
}

async function newKey(server: AresProcess, { id }: Provisioned): Promise<Answered> {
  const path = `/api/admin/tenants/${id}/api-keys`
  const { body } = await operator(server).post(path, { name: 'another' })
  return { what: 'key', stored: body.id, sent: body.id }
}

/** Its text arrives before it is recorded; that it is recorded is told by the last event. */
async function stream({ url }: AresProcess, { secret }: Provisioned): Promise<Answered> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'm' }
  const { closed } = await openStream(url, { path: '/v1/chat/stream', secret, body })
  const text = await closed
  const [last] = /"finish_reason":"stop","tokens_used":\d+/.exec(text)!
  return { what: 'stream', stored: /answer-\d+\./.exec(text)![0], sent: last }
}

if (import.meta.main) await runAlone(syncOrder)
