import { parseArgs } from 'node:util'
import { cleanUp } from '../binary/ares.ts'
import { newSeed } from './random.ts'

/** `quick` fits a CI job, `full` is for the night before a release. */
export type Profile = 'quick' | 'full'

/** What a scenario saw. */
export interface Report {
  title: string
  /** What has to hold, in a few words. */
  goal: string
  /** What was seen instead of, or beside, the goal; `skipped: reason` where the machine cannot do it. */
  measured: string
  rows: Record<string, string | number>[]
  /** Empty when everything held. */
  problems: string[]
}

/** One way to hurt the server, and what it must survive. */
export interface Scenario {
  /** As the file is called. */
  name: string
  about: string
  run(profile: Profile, seed: number): Promise<Report>
}

/** What a scenario saw, and how long it took. */
export interface Result {
  name: string
  seconds: number
  report: Report
}

/** Plays a scenario; one that breaks off is a problem and must not keep the others. */
export async function play(scenario: Scenario, profile: Profile, seed: number): Promise<Result> {
  const started = performance.now()
  const report = await scenario.run(profile, seed).catch((error: unknown): Report => ({
    title: scenario.about,
    goal: 'comes to its end',
    measured: 'broke off',
    rows: [],
    problems: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  }))
  const seconds = Math.round((performance.now() - started) / 100) / 10
  return { name: scenario.name, seconds, report }
}

/** `bun test/torture/NAME.ts [--full] [--seed N]`: this scenario by itself. Ends with 1 on problems. */
export async function runAlone(scenario: Scenario): Promise<never> {
  const { values } = parseArgs({
    options: { full: { type: 'boolean', default: false }, seed: { type: 'string' } },
  })
  cleanUpAtExit()
  const seed = Number(values.seed ?? newSeed())
  console.log(`${scenario.name}: ${scenario.about}; --seed ${seed}`)
  const { report } = await play(scenario, values.full ? 'full' : 'quick', seed)
  show(report)
  process.exit(report.problems.length === 0 ? 0 : 1)
}

const SHOWN_PROBLEMS = 50

/** Prints what a scenario saw. */
export function show({ title, goal, measured, rows, problems }: Report): void {
  console.log(`${title}\ngoal: ${goal}\nmeasured: ${measured}`)
  if (rows.length > 0) console.table(rows, Object.keys(rows[0] ?? {}))
  for (const problem of problems.slice(0, SHOWN_PROBLEMS)) console.log(`problem: ${problem}`)
  if (problems.length > SHOWN_PROBLEMS) console.log(`and ${problems.length - SHOWN_PROBLEMS} more`)
}

/** Leaves neither processes nor folders behind, however the script ends. */
export function cleanUpAtExit(): void {
  process.on('exit', cleanUp)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
}
