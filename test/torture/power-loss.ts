import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Inspection, openForInspection } from '../../src/db/sqlite/open.ts'
import { compareTotals } from '../../src/usage/compare-totals.ts'
import { configFor, emptyFolder, startAres } from '../binary/ares.ts'
import { startScriptedProvider } from '../scripted-provider.ts'
import { type Fate, LossyFile } from './lib/lossy-file.ts'
import { loadAndStop } from './lib/synced-load.ts'
import { seededRandom } from './random.ts'
import { runAlone, type Scenario } from './scenario.ts'
import {
  DISK_CALLS,
  offsetOf,
  readTrace,
  SENDING_CALLS,
  type TracedCall,
  traced,
} from './strace.ts'
import { missing, skipped } from './tools.ts'
import {
  type Answered,
  answerFinder,
  foldProblems,
  isFile,
  isLog,
  isSync,
  isWrite,
  type TimedCall,
  timeline,
} from './write-order.ts'

/*
 * What a power loss leaves, played without one: every write and sync of a loaded server is recorded, and what the disk
 * might hold at any moment is made from the record: all that was synced, and of the rest what chance leaves of it, sector by sector and in
 * any order. Each such disk is opened as the next start would, and held against what had been answered by then.
 *
 * The kernel's device mapper could drop writes below a real file system, but is not there in most containers; and it
 * would show one disk a loss.
 */

const HEADING = {
  title: 'Power lost at any moment',
  goal: 'nothing answered is lost, nothing is damaged, every total is right',
}

/** A whole page of the database. */
const PAGE_BYTES = 4096

/** Recordings, each on data of its own, and of each the share of its moments that is played. */
const PROFILES = {
  quick: { recordings: 1, rounds: 8, moments: 150 },
  full: { recordings: 3, rounds: 12, moments: 1000 },
}

/** Loses power again and again and looks at what is left. */
export const powerLoss: Scenario = {
  name: 'power-loss',
  about: 'what was not synced is dropped, torn or reordered, at every moment',
  async run(profile, seed) {
    const reason = missing('strace')
    if (reason !== null) return skipped(HEADING, reason)
    const { recordings, rounds, moments } = PROFILES[profile]
    const random = seededRandom(seed)
    const rows: Played[] = []
    const problems: string[] = []
    for (let index = 1; index <= recordings; index++) {
      const recording = await record(rounds)
      const played = await playLosses(recording, { moments, random, problems })
      rows.push(played)
    }
    const losses = rows.reduce((sum, row) => sum + row.losses, 0)
    return {
      ...HEADING,
      measured: `${losses} losses, ${problems.length} problems`,
      rows,
      problems,
    }
  },
}

/** What a server did with its files, and what it told its clients. */
interface Recording {
  /** Before its start. */
  file: Buffer
  calls: TracedCall[]
  answered: Answered[]
}

/** A server that is loaded, on a database that was made and closed before. */
async function record(rounds: number): Promise<Recording> {
  const provider = await startScriptedProvider()
  const first = await startAres({ config: configFor(provider.url) })
  await first.stop()
  const file = readFileSync(join(first.folder, 'data/ares.db'))
  const trace = join(emptyFolder(), 'trace')
  const server = await startAres({
    cwd: first.folder,
    wrapper: traced(trace, [...DISK_CALLS, ...SENDING_CALLS], PAGE_BYTES),
  })
  const { answered } = await loadAndStop(server, provider, rounds)
  provider.stop()
  return { file, calls: await readTrace(trace), answered }
}

type Played = {
  writes: number
  answers: number
  folds: number
  moments: number
  losses: number
}

interface Playing {
  moments: number
  random: () => number
  /** Is added to. */
  problems: string[]
}

async function playLosses(
  { file, calls, answered }: Recording,
  { moments, random, problems }: Playing,
): Promise<Played> {
  const disk = new Disk(file)
  const told = toldBy(calls, answered)
  const events = timeline(calls).filter((event) => disk.isOf(event))
  const share = moments / events.length
  const folds = foldProblems(calls).count
  if (folds === 0) problems.push('the log was never folded')
  const played = { writes: 0, answers: told.length, folds, moments: 0, losses: 0 }
  for (const event of events) {
    disk.take(event)
    if (!event.isEnd && !isSync(event.call)) played.writes++
    if (random() >= share && !isBeginning(event)) continue
    played.moments++
    const expected = told.filter(({ at }) => at <= event.at)
    for (const [name, fate] of Object.entries(FATES)) {
      played.losses++
      const found = await look(disk.after(fate(random)), expected)
      problems.push(...found.map((text) => `at ${event.at}, ${name}: ${text}`))
    }
  }
  return played
}

const never = () => false
const always = () => true

/** What a loss may leave of the writes that were not synced. */
const FATES: Record<string, (random: () => number) => Fate> = {
  'nothing is left': () => () => never,
  'all is left': () => () => always,
  'some writes are left': (random) => () => (random() < 0.5 ? always : never),
  'most writes are left': (random) => () => (random() < 0.95 ? always : never),
  'writes are torn': (random) => () => () => random() < 0.7,
}

/** The moments at which a log is begun anew are few, so all of them are played. */
function isBeginning({ call }: TimedCall): boolean {
  return isLog(call) && isWrite(call) && offsetOf(call) < 3 * PAGE_BYTES
}

/** An answer and when its sending began: from then on somebody may have it. */
type Told = Answered & { at: number }

function toldBy(calls: TracedCall[], answered: Answered[]): Told[] {
  const findAnswer = answerFinder(calls)
  return answered.map((each) => ({ ...each, at: findAnswer(each.sent)!.startedAt }))
}

/** The two files that hold everything. */
class Disk {
  readonly #file: LossyFile
  readonly #log = new LossyFile(Buffer.alloc(0))

  constructor(file: Buffer) {
    this.#file = new LossyFile(file)
  }

  isOf({ call }: TimedCall): boolean {
    return isLog(call) || isFile(call)
  }

  /** A write may be on the disk, in part, from its start on; a sync is worth something at its end. */
  take({ call, isEnd }: TimedCall): void {
    const file = isLog(call) ? this.#log : this.#file
    if (isSync(call)) {
      if (isEnd) file.sync(call)
    } else if (isEnd) return
    else if (isWrite(call)) file.write(call)
    else if (call.name === 'ftruncate') file.truncate(call)
  }

  after(fate: Fate): Left {
    return { file: this.#file.after(fate), log: this.#log.after(fate) }
  }
}

interface Left {
  file: Buffer
  log: Buffer
}

/** What is wrong with a disk after a loss. */
async function look({ file, log }: Left, expected: Told[]): Promise<string[]> {
  const path = join(emptyFolderOnce(), 'ares.db')
  writeFileSync(path, file)
  writeFileSync(`${path}-wal`, log)
  rmSync(`${path}-shm`, { force: true })
  const inspection = openForInspection(path)
  try {
    const damage = inspection.findings()
    if (damage.length > 0) return damage
    const { differences } = await compareTotals(inspection.db)
    return [...differences, ...(await lostOf(inspection, expected))]
  } finally {
    inspection.close()
  }
}

async function lostOf({ db }: Inspection, expected: Told[]): Promise<string[]> {
  const runs = await db.selectFrom('runs').select(['id', 'status']).execute()
  const tenants = await db.selectFrom('tenants').select('id').execute()
  const keys = await db.selectFrom('api_keys').select('id').execute()
  const known = new Set([...runs, ...tenants, ...keys].map(({ id }) => id))
  const completed = new Set(runs.filter(({ status }) => status === 'completed').map(({ id }) => id))
  return expected.flatMap(({ what, id }) => {
    const isThere = (what === 'run' || what === 'stream' ? completed : known).has(id)
    return isThere ? [] : [`${what} ${id} was answered and is lost`]
  })
}

let folder: string | undefined

/** One for all losses. */
function emptyFolderOnce(): string {
  folder ??= emptyFolder()
  return folder
}

if (import.meta.main) await runAlone(powerLoss)
