import { type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned, tenantCaller } from '../binary/callers.ts'
import { percentile } from './lib/percentile.ts'
import { startSwarm, type Swarmed } from './lib/swarm.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'
import { faulty } from './strace.ts'
import { missing, skipped } from './tools.ts'

const SYNC_MS = 10
const PER_SECOND = 500
/** Of the answers of a quiet server. */
const MOST_TIMES = 2
/** For what was gathered: it is one write. */
const STOP_MS = 3000

const HEADING = {
  title: 'Strangers at the Admin API',
  goal: `${PER_SECOND}/s of them on a disk of ${SYNC_MS} ms per sync: a tenant's new key takes p99 ≤ ${MOST_TIMES}× quiet, nobody is refused, the operator is let in, every guess is told`,
}

/** A swarm without credentials, and those who write meanwhile. */
export const strangers: Scenario = {
  name: 'strangers',
  about: `${PER_SECOND} strangers a second while every sync takes ${SYNC_MS} ms`,
  async run(profile) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const provider = await startProviderProcess([])
    const report = await swarm(await slowServer(provider.url), profile)
    provider.stop()
    return report
  },
}

interface Slow {
  server: AresProcess
  tenant: Provisioned
}

/** Started and provisioned on a quick disk, then started again on a slow one. */
async function slowServer(providerUrl: string): Promise<Slow> {
  const config = configFor(providerUrl, {
    server: 'trusted_proxies = ["127.0.0.1"]\nlog_level = "error"',
  })
  const quick = await startAres({ config: config.replace(/^max_failures.*$/m, '') })
  const { id, secret } = await provision(quick)
  await quick.stop()
  const effect = `delay_exit=${SYNC_MS * 1000}`
  const server = await startAres({
    cwd: quick.folder,
    wrapper: faulty({ calls: ['fsync', 'fdatasync'], effect, when: '1+' }),
  })
  return { server, tenant: tenantCaller(server, id, secret) }
}

async function swarm({ server, tenant }: Slow, profile: Profile): Promise<Report> {
  const seconds = profile === 'full' ? 60 : 8
  await work({ server, tenant }, 1)
  const quiet = await work({ server, tenant }, seconds)
  const swarming = startSwarm(server.url, PER_SECOND)
  const beset = await work({ server, tenant }, seconds)
  const swarmed = await swarming.stop()
  const stoppedMs = performance.now()
  await server.stop()
  const stopMs = Math.round(performance.now() - stoppedMs)
  const { entries, guesses } = await toldOf(server)
  const [before, after] = [quiet, beset].map(({ keyMs }) => percentile(keyMs, 0.99)) as [
    number,
    number,
  ]
  const problems = [
    ...quiet.problems,
    ...beset.problems,
    ...problemsOf(swarmed, seconds),
    ...(after > MOST_TIMES * before ? [`a key took p99 ${after} ms, quiet ${before} ms`] : []),
    ...(guesses === swarmed.guessed ? [] : [`${guesses} of ${swarmed.guessed} guesses are told`]),
    ...(entries > 2 + seconds / 55 ? [`${entries} entries of strangers`] : []),
    ...(stopMs > STOP_MS ? [`the stop took ${stopMs} ms`] : []),
  ]
  return {
    ...HEADING,
    measured: `a key p99 ${before} ms quiet, ${after} ms among ${swarmed.asked} strangers; ${guesses} guesses in ${entries} entries; stop ${stopMs} ms`,
    rows: [rowOf('quiet', quiet), rowOf('beset', beset)],
    problems,
  }
}

/** What those who belong here were answered. */
interface Worked {
  keyMs: number[]
  runMs: number[]
  letIn: number
  problems: string[]
}

/** A tenant makes keys and runs its agent, and the operator, who has the address of a stranger, looks at it. */
async function work({ server, tenant }: Slow, seconds: number): Promise<Worked> {
  const worked: Worked = { keyMs: [], runMs: [], letIn: 0, problems: [] }
  const endMs = performance.now() + seconds * 1000
  const isOver = () => performance.now() >= endMs
  await Promise.all([
    makeKeys(isOver, tenant, worked),
    runAgents(isOver, tenant, worked),
    lookAround(isOver, server, worked),
  ])
  return worked
}

async function makeKeys(
  isOver: () => boolean,
  tenant: Provisioned,
  { keyMs, problems }: Worked,
): Promise<void> {
  while (!isOver()) {
    const startedMs = performance.now()
    const { status, body } = await tenant.post('/v1/api-keys', { name: 'another' })
    keyMs.push(Math.round(performance.now() - startedMs))
    if (status !== 201) problems.push(`a key: ${status}`)
    else await tenant.delete(`/v1/api-keys/${body.key}`)
  }
}

async function runAgents(
  isOver: () => boolean,
  tenant: Provisioned,
  { runMs, problems }: Worked,
): Promise<void> {
  while (!isOver()) {
    const startedMs = performance.now()
    const { status } = await tenant.run()
    runMs.push(Math.round(performance.now() - startedMs))
    if (status !== 200) problems.push(`a run: ${status}`)
    await Bun.sleep(50)
  }
}

async function lookAround(
  isOver: () => boolean,
  server: AresProcess,
  worked: Worked,
): Promise<void> {
  while (!isOver()) {
    const { status } = await operator(server).get('/api/admin/stats')
    if (status === 200) worked.letIn++
    else worked.problems.push(`the operator: ${status}`)
    await Bun.sleep(100)
  }
}

function problemsOf({ asked, statuses }: Swarmed, seconds: number): string[] {
  const odd = Object.keys(statuses).filter((status) => status !== '401' && status !== '429')
  return [
    ...odd.map((status) => `${statuses[status]} strangers were answered ${status}`),
    ...(asked < 0.9 * PER_SECOND * seconds ? [`only ${asked} strangers came`] : []),
  ]
}

/** What the audit log has of strangers, once the server is started again. */
async function toldOf({ folder }: AresProcess): Promise<{ entries: number; guesses: number }> {
  const server = await startAres({ cwd: folder })
  const path = '/api/admin/audit-log?action=admin.auth_failed&limit=1000'
  const { body } = await operator(server).get(path)
  await server.stop()
  const counts = (body.entries as { details: { count: number } }[]).map(
    ({ details }) => details.count,
  )
  return { entries: counts.length, guesses: counts.reduce((sum, count) => sum + count, 0) }
}

function rowOf(when: string, { keyMs, runMs, letIn }: Worked): Report['rows'][number] {
  return {
    when,
    keys: keyMs.length,
    'key p50 ms': percentile(keyMs, 0.5),
    'key p99 ms': percentile(keyMs, 0.99),
    'longest key ms': Math.max(...keyMs),
    runs: runMs.length,
    'run p99 ms': percentile(runMs, 0.99),
    'operator let in': letIn,
  }
}

if (import.meta.main) await runAlone(strangers)
