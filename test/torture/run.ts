import { parseArgs } from 'node:util'
import { newSeed } from './random.ts'
import { cleanUpAtExit, play, type Profile, type Result, show } from './scenario.ts'
import { SCENARIOS } from './scenarios.ts'
import { publish } from './summary.ts'

/*
 * `bun run torture [NAME …] [--full] [--seed N]`: every scenario, or those named, one after the other; `--list` tells
 * their names. The table at the end is kept under `dist/torture/`. Ends with 1 when anything was lost or wrong.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    full: { type: 'boolean', default: false },
    seed: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})

function list(): void {
  for (const { name, about } of SCENARIOS) console.log(`${name.padEnd(16)}${about}`)
}

function chosen() {
  const unknown = positionals.filter((name) => !SCENARIOS.some((one) => one.name === name))
  if (unknown.length > 0) {
    console.error(`There is no scenario ${unknown.join(', ')}; --list tells them.`)
    process.exit(2)
  }
  if (positionals.length === 0) return SCENARIOS
  return SCENARIOS.filter(({ name }) => positionals.includes(name))
}

async function torture(): Promise<number> {
  const profile: Profile = values.full ? 'full' : 'quick'
  const seed = Number(values.seed ?? newSeed())
  console.log(`${profile} profile, --seed ${seed}`)
  const results: Result[] = []
  for (const scenario of chosen()) {
    console.log(`\n== ${scenario.name}: ${scenario.about}`)
    const result = await play(scenario, profile, seed)
    show(result.report)
    results.push(result)
  }
  publish({ profile, seed, results })
  return results.some(({ report }) => report.problems.length > 0) ? 1 : 0
}

cleanUpAtExit()
if (values.list) list()
else process.exit(await torture())
