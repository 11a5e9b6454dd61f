import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Profile, Result } from './scenario.ts'

/** Everything that was played. */
export interface Summary {
  profile: Profile
  seed: number
  results: Result[]
}

const FOLDER = resolve(import.meta.dir, '../../dist/torture')

/** Prints one line for each scenario, and keeps the whole as Markdown and JSON under `dist/torture/`. */
export function publish(summary: Summary): void {
  const text = markdown(summary)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, 'report.md'), text)
  writeFileSync(join(FOLDER, 'report.json'), `${JSON.stringify(summary, null, 2)}\n`)
  console.log(`\n${text}`)
}

function markdown({ profile, seed, results }: Summary): string {
  const problems = results.flatMap(({ name, report }) =>
    report.problems.map((problem) => `- ${name}: ${problem}`),
  )
  const seconds = results.reduce((sum, result) => sum + result.seconds, 0)
  return [
    `${profile} profile, --seed ${seed}, ${Math.round(seconds)} s`,
    [
      '| scenario | what | goal | measured | problems | seconds |',
      '|---|---|---|---|---|---|',
      ...results.map(line),
    ].join('\n'),
    problems.length === 0 ? 'nothing lost, nothing wrong' : problems.join('\n'),
    '',
  ].join('\n\n')
}

function line({ name, seconds, report }: Result): string {
  const { title, goal, measured, problems } = report
  const cells = [name, title, goal, measured, problems.length, seconds]
  return `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`
}
