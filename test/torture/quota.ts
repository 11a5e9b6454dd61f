import { Database } from 'bun:sqlite'
import { join } from 'node:path'
import { type AresProcess, configFor, emptyFolder, startAres } from '../binary/ares.ts'
import { operator, provision, type Provisioned, tenantCaller } from '../binary/callers.ts'
import { startProviderProcess } from './provider-process.ts'
import { seededRandom } from './random.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

const LIMIT = 100
const CALLERS = 64
const CALLS = 10
/** The first callers are then still being answered, and the last run is long taken. */
const KILL_WITHIN_MS = 120

/** Many callers against a limit; in every other round the server is killed among them. */
export const quota: Scenario = {
  name: 'quota',
  about: `${CALLERS} callers of ${CALLS} calls each, room for ${LIMIT} runs, with and without kill -9`,
  async run(profile, seed): Promise<Report> {
    const { rounds, problems } = await quotaRounds(profile === 'full' ? 200 : 20, seed)
    return {
      title: 'Exact quota',
      goal: `exactly ${LIMIT} runs in each round, all of them answered 200 where nobody was killed; used = rows`,
      measured: `${rounds.length} rounds, ${rounds.filter(({ killed }) => killed).length} with a kill`,
      rows: [totalOf('not killed', rounds, false), totalOf('killed', rounds, true)],
      problems,
    }
  },
}

/** Plays that many rounds; `problems` is empty when the quota was exact in each. */
export async function quotaRounds(
  count: number,
  seed: number,
): Promise<{ rounds: Round[]; problems: string[] }> {
  const random = seededRandom(seed)
  const provider = await startProviderProcess(['--delay', '20', '--deltas', '3'])
  const more = `[tiers.dev]\nruns_per_month = ${LIMIT}\n`
  const stage = await Stage.open(configFor(provider.url, { more }))
  const rounds: Round[] = []
  for (let round = 1; round <= count; round++) {
    const killAfterMs = round % 2 === 0 ? random() * KILL_WITHIN_MS : null
    rounds.push(await stage.play(`round-${round}`, killAfterMs))
  }
  await stage.close()
  provider.stop()
  return { rounds, problems: rounds.flatMap(problemsOf) }
}

/** What the callers of one round were told, and what is left of it. */
export interface Round extends Told {
  name: string
  killed: boolean
  /** In the database at the end. */
  runs: number
  interrupted: number
  /** What the API said was used when it was not what the database had. */
  miscounted: string[]
}

interface Told {
  admitted: number
  refused: number
  /** Anything else. */
  wrong: string[]
}

class Stage {
  #server: AresProcess

  private constructor(server: AresProcess) {
    this.#server = server
  }

  static async open(config: string): Promise<Stage> {
    return new Stage(await startAres({ cwd: emptyFolder(), config }))
  }

  async play(name: string, killAfterMs: number | null): Promise<Round> {
    const { id, secret } = await provision(this.#server, { name, tier: 'dev' })
    const round: Round = {
      name,
      killed: killAfterMs !== null,
      admitted: 0,
      refused: 0,
      wrong: [],
      runs: 0,
      interrupted: 0,
      miscounted: [],
    }
    if (killAfterMs !== null) {
      const load = callAll(tenantCaller(this.#server, id, secret))
      await Bun.sleep(killAfterMs)
      this.#server.signal('SIGKILL')
      await this.#server.ended
      // What the kill cut off tells nothing.
      round.admitted += (await load).admitted
      this.#server = await startAres({ cwd: this.#server.folder })
      await this.#count(id, round)
    }
    const told = await callAll(tenantCaller(this.#server, id, secret))
    round.admitted += told.admitted
    round.refused += told.refused
    round.wrong.push(...told.wrong)
    await this.#count(id, round)
    return round
  }

  /** Compares what the API says was used with the rows. */
  async #count(tenantId: string, round: Round): Promise<void> {
    const { body } = await operator(this.#server).get(`/api/admin/tenants/${tenantId}/usage`)
    const database = new Database(join(this.#server.folder, 'data/ares.db'), { readonly: true })
    const stored = database
      .query<{ runs: number; interrupted: number }, [string]>(
        `select count(*) as runs, count(*) filter (where error_code = 'interrupted') as interrupted
         from runs where tenant_id = ?`,
      )
      .get(tenantId)!
    database.close()
    round.runs = stored.runs
    round.interrupted = stored.interrupted
    if (body.total_runs === stored.runs) return
    round.miscounted.push(`${body.total_runs} used, ${stored.runs} rows`)
  }

  async close(): Promise<void> {
    await this.#server.stop()
  }
}

/** All callers at once, each one call after the other. */
async function callAll(tenant: Provisioned): Promise<Told> {
  const told: Told = { admitted: 0, refused: 0, wrong: [] }
  const caller = async () => {
    for (let call = 0; call < CALLS; call++) {
      const answer = await callOnce(tenant, call)
      if (answer === '200') told.admitted++
      else if (answer === '429 quota_runs_exceeded') told.refused++
      else told.wrong.push(answer)
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return told
}

/** Status and code of the answer. Runs and chats draw on the same quota. */
async function callOnce(tenant: Provisioned, call: number): Promise<string> {
  const chat = { model: 'm', messages: [{ role: 'user', content: 'Hello' }] }
  try {
    const { status, headers, body } = await (call % 2 === 0
      ? tenant.run()
      : tenant.post('/v1/chat', chat))
    if (status === 200) return '200'
    const waits = Number(headers.get('retry-after')) > 0
    return waits ? `${status} ${body.code}` : `${status} without Retry-After`
  } catch (error) {
    return String(error)
  }
}

function problemsOf(round: Round): string[] {
  const { name, killed, admitted, refused, wrong, runs, miscounted } = round
  const exact = killed
    ? runs === LIMIT && admitted <= LIMIT
    : runs === LIMIT && admitted === LIMIT && refused === CALLERS * CALLS - LIMIT
  return [
    ...(exact ? [] : [`${name}: ${admitted} admitted, ${refused} refused, ${runs} runs`]),
    ...[...new Set(wrong)].map((answer) => `${name}: ${answer}`),
    ...miscounted.map((text) => `${name}: ${text}`),
  ]
}

function totalOf(title: string, rounds: Round[], killed: boolean) {
  const these = rounds.filter((round) => round.killed === killed)
  const sum = (field: 'admitted' | 'refused' | 'runs' | 'interrupted') =>
    these.reduce((total, round) => total + round[field], 0)
  return {
    rounds: `${these.length} ${title}`,
    'answered 200': sum('admitted'),
    'answered 429': sum('refused'),
    runs: sum('runs'),
    interrupted: sum('interrupted'),
  }
}

if (import.meta.main) await runAlone(quota)
