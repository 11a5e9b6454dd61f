import { type AresProcess, configFor, startAres, within } from '../binary/ares.ts'
import { provision, type Provisioned, type Reply, tenantCaller } from '../binary/callers.ts'
import { fillUpDisk } from './full-disk.ts'
import { type Acknowledged, acknowledgedRun } from './journal.ts'
import { startProviderProcess } from './provider-process.ts'
import { seededRandom } from './random.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'
import { type Fault, faulty } from './strace.ts'
import { missing, skipped } from './tools.ts'
import { verify } from './verify.ts'

const HEADING = {
  title: 'Writes and syncs that fail',
  goal: 'no false 2xx, no damage; a full disk heals, a failed sync ends the process with 1',
}

/** Makes the disk fail while runs go on. */
export const ioErrors: Scenario = {
  name: 'io-errors',
  about: 'ENOSPC and EIO at writes and syncs under load, and a disk that is full',
  async run(profile, seed) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const provider = await startProviderProcess(['--delay', '5'])
    const report: Report = { ...HEADING, measured: '', rows: [], problems: [] }
    for (const trial of trials(profile, seededRandom(seed))) {
      const outcome = await attempt(provider.url, trial)
      report.rows.push(outcome.row)
      report.problems.push(...outcome.problems.map((text) => `${nameOf(trial)}: ${text}`))
    }
    provider.stop()
    const full = await fillUpDisk()
    if (full.row) report.rows.push(full.row)
    report.problems.push(...full.problems)
    const measured = `${report.rows.length} failures, ${report.problems.length} problems`
    return {
      ...report,
      measured: full.skipped === null ? measured : `${measured}; ${full.skipped}`,
    }
  },
}

/** `heals`: the calls fail for a while and the server lives on. `dies`: nobody knows what is on the disk. */
interface Trial extends Fault {
  expected: 'heals' | 'dies'
}

const WRITES = ['pwrite64']
/** Of the log, by a thread of the pool; SQLite itself calls fsync. */
const SYNCS = ['fdatasync']

/** Later than the first start's writes, so that the server is up and has a tenant. */
const FIRST_WRITE = 320
const LAST_WRITE = 900
const LAST_SYNC = 30

function trials(profile: Profile, random: () => number): Trial[] {
  const times = profile === 'full' ? 40 : 2
  const between = (first: number, last: number) => Math.floor(first + random() * (last - first))
  return Array.from({ length: times }, (): Trial[] => {
    const write = between(FIRST_WRITE, LAST_WRITE)
    const lasting = `${write}..${write + between(1, 30)}`
    const sync = `${between(3, LAST_SYNC)}`
    return [
      { calls: WRITES, effect: 'error=ENOSPC', when: lasting, expected: 'heals' },
      { calls: WRITES, effect: 'error=EIO', when: lasting, expected: 'heals' },
      { calls: SYNCS, effect: 'error=EIO', when: sync, expected: 'dies' },
      { calls: SYNCS, effect: 'error=ENOSPC', when: sync, expected: 'dies' },
    ]
  }).flat()
}

function nameOf({ calls, effect, when }: Trial): string {
  return `${effect.slice('error='.length)} at ${calls.join()} ${when}`
}

interface Outcome {
  row: Report['rows'][number]
  problems: string[]
}

async function attempt(providerUrl: string, trial: Trial): Promise<Outcome> {
  const server = await startAres({ config: configFor(providerUrl), wrapper: faulty(trial) })
  const tenant = await provision(server)
  const load = new Load(server, tenant)
  const problems = trial.expected === 'dies' ? await load.untilDead() : await load.untilHealed()
  await server.stop()
  const again = await startAres({ cwd: server.folder })
  const { lost, wrong, runs } = await verify(again, load.acknowledged)
  const later = await tenantCaller(again, tenant.id, tenant.secret).run()
  if (later.status !== 200) problems.push(`a run after the next start: ${later.status}`)
  await again.stop()
  return {
    row: {
      failure: nameOf(trial),
      acknowledged: load.acknowledged.length,
      'refused 503': load.refused,
      'stored runs': runs,
      lost: lost.length,
      'must be': trial.expected === 'dies' ? 'status 1' : 'healed',
    },
    problems: [...problems, ...lost, ...wrong],
  }
}

const CALLERS = 4
const PATIENCE_MS = 15_000
/** As many in a row are taken for good health. */
const HEALTHY_RUNS = 20

class Load {
  readonly acknowledged: Acknowledged[] = []
  refused = 0
  readonly #server: AresProcess
  readonly #tenant: Provisioned
  readonly #problems: string[] = []

  constructor(server: AresProcess, tenant: Provisioned) {
    this.#server = server
    this.#tenant = tenant
  }

  /** Runs until something was refused and then enough went well. */
  async untilHealed(): Promise<string[]> {
    const end = performance.now() + PATIENCE_MS
    let inARow = 0
    while ((this.refused === 0 || inARow < HEALTHY_RUNS) && performance.now() < end) {
      const taken = await Promise.all(Array.from({ length: CALLERS }, () => this.#run()))
      inARow = taken.every(Boolean) ? inARow + CALLERS : 0
    }
    if (this.refused === 0) this.#problems.push('nothing was refused')
    if (inARow < HEALTHY_RUNS) this.#problems.push('it did not heal')
    return this.#problems
  }

  /** Runs until the server is gone. */
  async untilDead(): Promise<string[]> {
    const dead = new AbortController()
    void this.#server.ended.then(() => dead.abort())
    const calling = Array.from({ length: CALLERS }, async () => {
      while (!dead.signal.aborted) await this.#run().catch(() => Bun.sleep(5))
    })
    const code = await within(PATIENCE_MS, this.#server.ended, () => 'a failed sync').catch(String)
    dead.abort()
    await Promise.all(calling)
    if (code !== 1) this.#problems.push(`it ended with ${code}`)
    if (!this.#server.stderr().includes('the storage failed')) {
      this.#problems.push('the log does not say that the storage failed')
    }
    return this.#problems
  }

  /** True when it was acknowledged. */
  async #run(): Promise<boolean> {
    const { status, body } = await this.#tenant.run()
    if (status === 200) this.acknowledged.push(acknowledgedRun(body))
    else if (isStorageRefusal({ status, body })) this.refused++
    else this.#problems.push(`a run: ${status} ${JSON.stringify(body)}`)
    return status === 200
  }
}

function isStorageRefusal({ status, body }: Pick<Reply, 'status' | 'body'>): boolean {
  return status === 503 && body.code === 'storage_unavailable'
}

if (import.meta.main) await runAlone(ioErrors)
