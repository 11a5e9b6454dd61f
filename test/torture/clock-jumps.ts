import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { type AresProcess, configFor, runAres, startAres } from '../binary/ares.ts'
import { client, provision, type Provisioned } from '../binary/callers.ts'
import { openStream } from '../binary/open-stream.ts'
import { FakedClock } from './faked-clock.ts'
import { startProviderProcess } from './provider-process.ts'
import { seededRandom } from './random.ts'
import { type Profile, type Report, runAlone, type Scenario } from './scenario.ts'
import { faketimeLibrary, skipped } from './tools.ts'

const HEADING = {
  title: 'The clock jumps',
  goal: 'true durations, each month’s quota once, days = months, keys expire by the wall clock',
}

/** Runs that each month of the limited tenant has room for. */
const ROOM = 5
/** Each jump lands this long before midnight or before nothing in particular, and runs are started on both sides. */
const BEFORE_MS = 600
const RUNS = 6
const EVERY_MS = 200
const RUN_MS = 300
const DELTAS = 5
/** Every run of this scenario takes longer, and none as long, whatever the clock says. */
const SHORTEST_MS = RUN_MS / 2
const LONGEST_MS = 20_000
const DAY_MS = 86_400_000

const START = '2027-01-15T10:00:00Z'

/** Sets the wall clock forward and back while runs and streams are under way. */
export const clockJumps: Scenario = {
  name: 'clock-jumps',
  about: 'month, year, leap day, an hour back, forty days on',
  async run(profile, seed) {
    const library = faketimeLibrary()
    if (library === null) return skipped(HEADING, 'libfaketime is not installed')
    const provider = await startProviderProcess(['--delay', `${RUN_MS}`, '--deltas', `${DELTAS}`])
    const clock = new FakedClock(library, START)
    const server = await startAres({
      config: configFor(provider.url, { more: `[tiers.dev]\nruns_per_month = ${ROOM}\n` }),
      env: clock.env,
    })
    const report: Report = { ...HEADING, measured: '', rows: [], problems: [] }
    const world: World = {
      server,
      clock,
      free: await provision(server, { name: 'free' }),
      limited: await provision(server, { name: 'limited', tier: 'dev' }),
      problems: report.problems,
    }
    for (const jump of jumps(profile, seededRandom(seed))) report.rows.push(await land(world, jump))
    await expireKeys(world)
    const code = await server.stop()
    provider.stop()
    if (code !== 0) report.problems.push(`the stop: status ${code}`)
    report.problems.push(...(await lookAtRows(world)))
    const measured = `${report.rows.length} jumps, ${report.problems.length} problems`
    return { ...report, measured }
  },
}

interface World {
  server: AresProcess
  clock: FakedClock
  free: Provisioned
  limited: Provisioned
  problems: string[]
}

/** A moment that the clock is set to, shortly before `at`. */
interface Jump {
  name: string
  at: string
}

function jumps(profile: Profile, random: () => number): Jump[] {
  const scripted: Jump[] = [
    { name: 'end of a month', at: '2027-02-01T00:00:00Z' },
    { name: 'end of a year', at: '2028-01-01T00:00:00Z' },
    { name: 'into a leap day', at: '2028-02-29T00:00:00Z' },
    { name: 'out of a leap day', at: '2028-03-01T00:00:00Z' },
    { name: 'an hour back, into the old month', at: '2028-02-29T23:00:00Z' },
    { name: 'an hour on again', at: '2028-03-01T00:00:00Z' },
    { name: 'forty days on', at: '2028-04-10T00:00:00Z' },
  ]
  const anywhere = (_: unknown, index: number): Jump => ({
    name: `anywhere ${index + 1}`,
    at: new Date(Date.parse(START) + Math.floor(random() * 500) * DAY_MS).toISOString(),
  })
  return [...scripted, ...Array.from({ length: profile === 'full' ? 24 : 1 }, anywhere)]
}

async function land(world: World, { name, at }: Jump): Promise<Report['rows'][number]> {
  const { clock, free, limited, problems } = world
  const runs = [free.run()]
  const streaming = stream(world)
  await Bun.sleep(RUN_MS / 3)
  // While both are under way.
  clock.set(new Date(Date.parse(at) - BEFORE_MS).toISOString())
  let admitted = await exhaust(limited)
  while (runs.length < RUNS) {
    runs.push(free.run())
    await Bun.sleep(EVERY_MS)
  }
  const replies = await Promise.all(runs)
  admitted += await exhaust(limited)
  const refused = replies.filter(({ status }) => status !== 200)
  problems.push(...refused.map(({ status }) => `${name}: a run: ${status}`))
  if (!(await streaming)) problems.push(`${name}: a stream ended without its last event`)
  return { jump: name, 'clock set to': at, runs: RUNS, 'quota admitted': admitted }
}

async function stream({ server, free: { secret } }: World): Promise<boolean> {
  const body = { messages: [{ role: 'user', content: 'Hello' }], model: 'm' }
  const { closed } = await openStream(server.url, { path: '/v1/chat/stream', secret, body })
  const text = await closed
  return text.includes(`word${DELTAS - 1}`) && text.includes('"finish_reason":"stop"')
}

/** Runs at once, more than there is room for in a month. How many were admitted. */
async function exhaust(tenant: Provisioned): Promise<number> {
  const runs = await Promise.all(Array.from({ length: ROOM + 2 }, () => tenant.run()))
  return runs.filter(({ status }) => status === 200).length
}

/** A key of 30 days: alive on the 29th, dead on the 31st, and alive again when the clock is set back. */
async function expireKeys({ server, clock, free, problems }: World): Promise<void> {
  const created = Date.parse('2028-06-01T12:00:00Z')
  clock.set(new Date(created).toISOString())
  const { body } = await free.post('/v1/api-keys', { name: 'short', expires_in_days: 30 })
  const key = client(server, body.secret)
  for (const [day, expected] of [
    [29, 200],
    [31, 401],
    [29, 200],
  ] as const) {
    clock.set(new Date(created + day * DAY_MS).toISOString())
    const { status } = await key.get('/v1/agents')
    if (status !== expected) problems.push(`a key of 30 days on day ${day}: ${status}`)
  }
}

/** What is in the file in the end. */
async function lookAtRows({ server, limited }: World): Promise<string[]> {
  const { code, stdout } = await runAres(['check', '--database'], { cwd: server.folder })
  const database = new Database(join(server.folder, 'data/ares.db'), { readonly: true })
  try {
    return [
      ...(code === 0 ? [] : [`ares check --database: ${stdout}`]),
      ...oddDurations(database),
      ...wrongMonths(database, limited),
      ...daysUnlikeMonths(database),
    ]
  } finally {
    database.close()
  }
}

function oddDurations(database: Database): string[] {
  const { odd } = database
    .query<{ odd: number }, [number, number]>(
      `select count(*) as odd from runs
       where status <> 'completed' or duration_ms is null or duration_ms not between ? and ?`,
    )
    .get(SHORTEST_MS, LONGEST_MS)!
  return odd === 0 ? [] : [`${odd} runs failed, or with an odd duration`]
}

/** Each month that the clock was in has had exactly its quota, however often it came back. */
function wrongMonths(database: Database, { id }: Provisioned): string[] {
  const months = database
    .query<{ month: string; runs: number }, [string]>(
      `select substr(started_at, 1, 7) as month, count(*) as runs from runs
       where tenant_id = ? group by month`,
    )
    .all(id)
  return months
    .filter(({ runs }) => runs !== ROOM)
    .map(({ month, runs }) => `${runs} runs in ${month}, which has room for ${ROOM}`)
}

function daysUnlikeMonths(database: Database): string[] {
  const unlike = database
    .query<{ tenant_id: string; month: string }, []>(
      `select m.tenant_id, m.month from tenant_months m
       left join usage_daily d on d.tenant_id = m.tenant_id and substr(d.day, 1, 7) = m.month
       group by m.tenant_id, m.month
       having sum(d.runs) is not m.runs or sum(d.input_tokens + d.output_tokens) is not m.tokens`,
    )
    .all()
  return unlike.map(({ month }) => `the days of ${month} do not add up to the month`)
}

if (import.meta.main) await runAlone(clockJumps)
