import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type AresProcess,
  configFor,
  type Ended,
  runAres,
  startAres,
  within,
} from '../binary/ares.ts'
import { provision, type Provisioned } from '../binary/callers.ts'
import { startProviderProcess } from './provider-process.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'

const HEADING = {
  title: 'Files moved under a running server',
  goal: '503 storage_damaged, status 1, and no run answered into a file that is deleted',
}

const ROUNDS: Record<Profile, number> = { quick: 1, full: 10 }
const CALLERS = 4
const END_MS = 15_000

interface Loss {
  what: string
  act: (path: string) => void
  /** True where the file has no name any more, so that nothing may be answered from then on. */
  isUnlinked: boolean
}

const LOSSES: Loss[] = [
  { what: 'file deleted', act: (path) => rmSync(path), isUnlinked: true },
  { what: 'file replaced', act: replace, isUnlinked: true },
  { what: 'log deleted', act: (path) => rmSync(`${path}-wal`), isUnlinked: true },
  {
    what: 'folder deleted',
    act: (path) => rmSync(dirname(path), { recursive: true }),
    isUnlinked: true,
  },
  { what: 'folder moved', act: moveFolder, isUnlinked: false },
  { what: 'lock deleted', act: (path) => rmSync(`${path}.lock`), isUnlinked: false },
  { what: 'lock replaced', act: (path) => replace(`${path}.lock`), isUnlinked: false },
]

function replace(path: string): void {
  copyFileSync(path, `${path}.new`)
  renameSync(`${path}.new`, path)
}

function moveFolder(path: string): void {
  renameSync(dirname(path), `${dirname(path)}-away`)
  mkdirSync(dirname(path))
}

/** Takes the database away from a server under load. */
export const movedFiles: Scenario = {
  name: 'moved-files',
  about: 'the database, its log, lock or folder is moved, replaced or deleted under load',
  async run(profile) {
    const provider = await startProviderProcess(['--delay', '5'])
    const report: Report = { ...HEADING, measured: '', rows: [], problems: [] }
    for (let round = 0; round < ROUNDS[profile]; round++) {
      for (const loss of LOSSES) {
        const { row, problems } = await lose(provider.url, loss)
        report.rows.push(row)
        report.problems.push(...problems.map((text) => `${loss.what}: ${text}`))
      }
    }
    provider.stop()
    report.measured = `${report.rows.length} losses, ${report.problems.length} problems`
    return report
  },
}

async function lose(providerUrl: string, { what, act, isUnlinked }: Loss) {
  const server = await startAres({ config: configFor(providerUrl) })
  const load = new Load(await provision(server))
  const calling = load.callUntil(server.ended)
  await load.answered(50)
  act(join(server.folder, 'data/ares.db'))
  const lostMs = performance.now()
  load.isLost = true
  const second =
    what === 'lock deleted'
      ? runAres(['serve', '--port', '0'], { cwd: server.folder })
      : Promise.resolve(null)
  const refusal = await load.refused.promise
  const code = await within(END_MS, server.ended, () => what).catch(String)
  await calling
  const problems: string[] = []
  if (refusal !== '503 storage_damaged') problems.push(`refused with ${refusal}`)
  if (code !== 1) problems.push(`it ended with ${code}`)
  if (isUnlinked && load.answeredLost > 0) {
    problems.push(`${load.answeredLost} runs were answered that are on no disk`)
  }
  problems.push(...secondProblems(await second, server))
  return {
    row: {
      lost: what,
      'answered before': load.answeredBefore,
      'answered after': load.answeredLost,
      'ended after ms': Math.round(performance.now() - lostMs),
    },
    problems,
  }
}

/** Beside a lock that was deleted, a second server finds the first all the same. */
function secondProblems(second: Ended | null, server: AresProcess): string[] {
  if (second === null) return []
  const isRefused = second.code === 1 && second.stderr.includes('in use by another process')
  const isLogged = server.stderr().includes('the lock of the database is gone')
  return [
    ...(isRefused ? [] : [`a second server: status ${second.code} ${second.stderr.slice(0, 200)}`]),
    ...(isLogged ? [] : ['the log does not say that the lock is gone']),
  ]
}

class Load {
  answeredBefore = 0
  answeredLost = 0
  isLost = false
  readonly refused = Promise.withResolvers<string>()
  readonly #tenant: Provisioned
  #enough = { count: Infinity, resolve: () => {} }

  constructor(tenant: Provisioned) {
    this.#tenant = tenant
  }

  /** Resolves after as many answers. */
  answered(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#enough = { count, resolve }
    return promise
  }

  async callUntil(end: Promise<unknown>): Promise<void> {
    const over = new AbortController()
    void end.then(() => over.abort())
    const call = async () => {
      while (!over.signal.aborted) await this.#call().catch(() => Bun.sleep(5))
    }
    await Promise.all(Array.from({ length: CALLERS }, call))
    this.refused.resolve('nothing')
  }

  async #call(): Promise<void> {
    // An answer may have left just before: only what is asked afterwards counts.
    const askedLost = this.isLost
    const { status, body } = await this.#tenant.run()
    if (status !== 200) return this.refused.resolve(`${status} ${body.code}`)
    if (askedLost) this.answeredLost++
    else if (++this.answeredBefore >= this.#enough.count) this.#enough.resolve()
  }
}

if (import.meta.main) await runAlone(movedFiles)
