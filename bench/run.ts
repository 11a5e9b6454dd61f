import { parseArgs } from 'node:util'
import { publish, type Report } from './lib/report.ts'
import { relayedCompletions } from './scenarios/completions.ts'
import { consoleLists } from './scenarios/console-lists.ts'
import { consoleVisits } from './scenarios/console.ts'
import { durability } from './scenarios/durability.ts'
import { growth } from './scenarios/growth.ts'
import { manyStreams } from './scenarios/many-streams.ts'
import { delayedRuns, manyTenants, runEndpoint } from './scenarios/runs.ts'
import { soak } from './scenarios/soak.ts'
import { startUp } from './scenarios/start-up.ts'
import { backToBack, paced, relayedBackToBack } from './scenarios/streams.ts'

const HELP = `bun run bench [scenario …] [--quick | --full]

  run-32        runs, 32 callers, the provider answers at once; beside a raw proxy, nginx and Portkey
  run-1         the same with 1 caller
  run-50ms      the same with a provider that takes 50 ms and 16 callers who think for up to 50 ms
  run-tenants   runs of one tenant beside those of 50 tenants with three agents each
  stream        streams of 50 and of 250 deltas back to back; beside a raw relay, nginx and Portkey
  stream-paced  40 streams, 10 deltas 20 ms apart: time to the first event
  relay         chat completions streamed through, 50 and 250 deltas; beside the same
  relay-plain   whole chat completions, 32 callers; beside a raw proxy, nginx and Portkey
  streams-1000  1,000 slow streams at once: until all run, memory of each
  start-up      spawn → first answer
  durability    what the flush to the disk costs
  soak          memory over 200,000 requests
  growth        requests to databases of up to 1,000,000 runs
  console-lists what the console reads, of 10,000 and of 1,000,000 runs
  console       Chromium, nothing cached: until one can sign in, and until the overview is there

  --quick       shorter, to see that a scenario works: soak 50,000 requests, growth and console-lists
                100,000 runs
  --full        longer: soak 1,000,000 requests, growth up to 10,000,000 runs (17 GB)

Without a name: all of them, in this order. Builds nothing: run \`bun run build\` first, and \`bun install\` in bench/.
ARES_BINARY names another binary than dist/ares, TMPDIR another folder for databases than /tmp. When ARES_BASELINE
names a binary, runs, streams, relays and console are measured with it in turns. nginx is left out where there is no
/usr/sbin/nginx (Debian: nginx-light); console takes /usr/bin/chromium or $CHROMIUM.
Linux only (taskset, /proc), two cores at least. Compare rows of one table; never figures of two runs.`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})
const { quick, full } = values

const GROWTH = [100_000, ...(quick ? [] : [1_000_000]), ...(full ? [10_000_000] : [])]
const SOAK = full ? 1_000_000 : quick ? 50_000 : 200_000

const scenarios: Record<string, () => Promise<Report>> = {
  'run-32': () => runEndpoint(32, quick),
  'run-1': () => runEndpoint(1, quick),
  'run-50ms': () => delayedRuns(quick),
  'run-tenants': () => manyTenants(quick),
  stream: () => backToBack(quick),
  'stream-paced': () => paced(quick),
  relay: () => relayedBackToBack(quick),
  'relay-plain': () => relayedCompletions(quick),
  'streams-1000': () => manyStreams(quick),
  'start-up': () => startUp(quick),
  durability: () => durability(quick),
  soak: () => soak(SOAK),
  growth: () => growth(GROWTH, quick),
  'console-lists': () => consoleLists([10_000, quick ? 100_000 : 1_000_000], quick),
  console: () => consoleVisits(quick),
}

const unknown = positionals.filter((name) => !(name in scenarios))
if (values.help || unknown.length > 0) {
  console.log(HELP)
  process.exit(values.help ? 0 : 2)
}
for (const name of positionals.length > 0 ? positionals : Object.keys(scenarios)) {
  await scenarios[name]!().then((report) => publish(name, report), fail)
}

/** Ends by `exit`, which stops the servers and removes the folders; an error that nobody catches does not. */
function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
