import { parseArgs } from 'node:util'
import { cleanUp } from '../binary/ares.ts'
import { killCycles } from './kill-cycles.ts'
import { quotaRounds } from './quota-rounds.ts'

/*
 * `bun run torture [--cycles N] [--callers N] [--seed N]`: kill -9 under load.
 * `bun run torture --quota [--rounds N]`: 100 callers, room for 50.
 * Ends with 1 when anything was lost or wrong.
 */

const { values } = parseArgs({
  options: {
    cycles: { type: 'string', default: '3' },
    callers: { type: 'string', default: '32' },
    seed: { type: 'string' },
    quota: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '10' },
  },
})

async function kills(): Promise<string[]> {
  const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9))
  const [cycles, callers] = [Number(values.cycles), Number(values.callers)]
  console.log(`${cycles} kill -9 cycles under ${callers} callers, --seed ${seed}`)
  const report = await killCycles({ cycles, callers, seed }, ({ cycle }) =>
    process.stderr.write(`cycle ${cycle} of ${cycles}\n`),
  )
  console.table(report.cycles, Object.keys(report.cycles[0] ?? {}))
  return report.problems
}

async function quota(): Promise<string[]> {
  const report = await quotaRounds({ rounds: Number(values.rounds), callers: 100, room: 50 })
  console.log('100 callers at once, room for 50 runs')
  console.table(report.rounds, Object.keys(report.rounds[0] ?? {}))
  return report.problems
}

process.on('exit', cleanUp)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const problems = values.quota ? await quota() : await kills()
for (const problem of problems.slice(0, 50)) console.log(problem)
console.log(problems.length === 0 ? 'nothing lost, nothing wrong' : `${problems.length} problems`)
process.exit(problems.length === 0 ? 0 : 1)
