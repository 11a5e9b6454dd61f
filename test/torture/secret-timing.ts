import { ADMIN_SECRET, type AresProcess, configFor, startAres } from '../binary/ares.ts'
import { seededRandom } from './random.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

/** Above it, two sets of times differ by more than chance (Welch's t-test, as it is used for side channels). */
const SUSPICIOUS_T = 4.5
const WARM_UP = 500

/** Wrong secrets of the right length that agree with the right one at first, or not at all. */
const GUESSES = {
  'all but the last letter': `${ADMIN_SECRET.slice(0, -1)}!`,
  'no letter': '!'.repeat(ADMIN_SECRET.length),
}

type Guess = keyof typeof GUESSES

/** Does a wrong admin secret that is nearly right take another time to refuse? */
export const secretTiming: Scenario = {
  name: 'secret-timing',
  about: 'wrong admin secrets, nearly right and not at all, and how long their refusals take',
  run: (profile, seed) => compare(profile === 'full' ? 20_000 : 2000, seed),
}

async function compare(tries: number, seed: number): Promise<Report> {
  const server = await startAres({
    config: configFor('http://127.0.0.1:9/v1', { server: 'log_level = "error"' }),
  })
  const random = seededRandom(seed)
  const times: Record<Guess, number[]> = { 'all but the last letter': [], 'no letter': [] }
  for (let count = -WARM_UP; count < 2 * tries; count++) {
    const guess: Guess = random() < 0.5 ? 'no letter' : 'all but the last letter'
    const tookMs = await timed(server, GUESSES[guess])
    if (count >= 0) times[guess].push(tookMs)
  }
  await server.stop()
  const [near, far] = [
    withoutOutliers(times['all but the last letter']),
    withoutOutliers(times['no letter']),
  ]
  const t = welch(near, far)
  return {
    title: 'Timing of the admin secret',
    goal: `|t| < ${SUSPICIOUS_T} between guesses that are nearly right and not at all`,
    measured: `t = ${t.toFixed(2)} over ${near.length + far.length} tries`,
    rows: [rowOf('all but the last letter', near), rowOf('no letter', far)],
    problems: Math.abs(t) < SUSPICIOUS_T ? [] : [`t = ${t.toFixed(2)}`],
  }
}

async function timed({ url }: AresProcess, secret: string): Promise<number> {
  const startedMs = performance.now()
  const reply = await fetch(`${url}/api/admin/stats`, { headers: { 'x-admin-secret': secret } })
  const tookMs = performance.now() - startedMs
  await reply.arrayBuffer()
  if (reply.status !== 401) throw new Error(`A wrong secret was answered with ${reply.status}.`)
  return tookMs
}

/** The slowest tenth tells of the machine alone. */
function withoutOutliers(times: number[]): number[] {
  return times.toSorted((a, b) => a - b).slice(0, Math.floor(times.length * 0.9))
}

function welch(a: number[], b: number[]): number {
  return (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length)
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function variance(values: number[]): number {
  const middle = mean(values)
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1)
}

function rowOf(agrees: Guess, times: number[]): Report['rows'][number] {
  return { agrees, tries: times.length, 'mean µs': Math.round(mean(times) * 1000) }
}

if (import.meta.main) await runAlone(secretTiming)
