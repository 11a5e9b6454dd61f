import { publish, type Report } from './lib/report.ts'
import { runEndpoint, streamEndpoint } from './scenarios/run-endpoint.ts'
import { startUp } from './scenarios/start-up.ts'

/*
 * `bun run bench [name …] [--quick]`. Builds nothing: run `bun run build` first, and `bun install` in `bench/`.
 * Linux only (taskset, /proc). Compare rows of one table; never figures of two runs.
 */
const quick = process.argv.includes('--quick')
const scenarios: Record<string, () => Promise<Report>> = {
  'run-32': () => runEndpoint(32, quick),
  'run-1': () => runEndpoint(1, quick),
  stream: () => streamEndpoint(quick),
  'start-up': () => startUp(quick),
}

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = asked.filter((name) => !(name in scenarios))
if (unknown.length > 0) {
  console.error(`no scenario ${unknown.join(', ')}; there is ${Object.keys(scenarios).join(', ')}`)
  process.exit(2)
}
for (const name of asked.length > 0 ? asked : Object.keys(scenarios)) {
  publish(name, await scenarios[name]!())
}
