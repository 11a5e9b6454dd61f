import { isTenantPath } from '../../src/http/compatible-paths.ts'
import { startDirectedProvider } from './lib/directed-provider.ts'
import { type Rule, RULES } from './lib/matrix-rules.ts'
import {
  type Credential,
  CREDENTIALS,
  MatrixWorld,
  type Relation,
  RELATIONS,
} from './lib/matrix-world.ts'
import { describedOperations, type Operation } from './lib/openapi.ts'
import { type Answer, send } from './lib/requests.ts'
import { seededRandom } from './random.ts'
import { type Report, runAlone, type Scenario } from './scenario.ts'

/** Who may do what to whose things, for every operation that the server says it has. */
export const tenantMatrix: Scenario = {
  name: 'tenant-matrix',
  about:
    'every operation, on own, foreign, missing and malformed things, with every kind of credential',
  async run(profile, seed): Promise<Report> {
    const provider = await startDirectedProvider()
    const rounds: MatrixRound[] = []
    for (let round = 0; round < (profile === 'full' ? 20 : 1); round++) {
      const world = await MatrixWorld.start(provider.url)
      rounds.push(await askAll(world, seed + round))
      await world.server.stop()
    }
    provider.stop()
    return {
      title: 'Tenant matrix',
      goal: '0 answers of another class than the rules say; foreign = missing, byte for byte; 0 sentinels of another tenant',
      measured: `${sum(rounds, 'asked')} requests in ${sum(rounds, 'cells')} cells of ${rounds[0]!.operations} operations`,
      rows: [],
      problems: [...new Set(rounds.flatMap(({ problems }) => problems))],
    }
  },
}

interface MatrixRound {
  operations: number
  cells: number
  asked: number
  problems: string[]
}

function sum(rounds: MatrixRound[], field: 'asked' | 'cells'): number {
  return rounds.reduce((total, round) => total + round[field], 0)
}

interface Cell {
  operation: Operation
  rule: () => Rule
  credential: Credential
}

/** Cells in an order of the seed's, for what was asked before must not matter. */
async function askAll(world: MatrixWorld, seed: number): Promise<MatrixRound> {
  const operations = await describedOperations(world.server.url)
  const ruled = operations.filter(({ route }) => route in RULES)
  const cells = ruled.flatMap((operation) =>
    CREDENTIALS.map((credential) => ({ operation, rule: RULES[operation.route]!, credential })),
  )
  const round: MatrixRound = {
    operations: operations.length,
    cells: cells.length * RELATIONS.length,
    asked: 0,
    problems: unruled(operations),
  }
  for (const cell of shuffled(cells, seededRandom(seed))) {
    const { asked, problems } = await askCell(world, cell)
    round.asked += asked
    const { operation, credential } = cell
    round.problems.push(...problems.map((text) => `${operation.route} as ${credential}: ${text}`))
  }
  return round
}

function unruled(operations: Operation[]): string[] {
  const routes = new Set(operations.map(({ route }) => route))
  return [
    ...[...routes].filter((route) => !(route in RULES)).map((route) => `${route} has no rule`),
    ...Object.keys(RULES)
      .filter((route) => !routes.has(route))
      .map((route) => `${route} is gone`),
  ]
}

function shuffled<T>(items: T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ item }) => item)
}

/** One operation with one credential, on everything. */
async function askCell(world: MatrixWorld, cell: Cell) {
  const seen = { asked: 0, problems: [] as string[], refusals: new Set<string>() }
  for (const relation of RELATIONS) {
    const { consumes = false } = cell.rule()
    const paths = await world.pathsOf(cell.operation, {
      caller: cell.credential,
      relation,
      consumes,
    })
    for (const path of paths) {
      seen.asked++
      seen.problems.push(
        ...(await askPath(world, cell, { relation, path, refusals: seen.refusals })),
      )
    }
  }
  // What is not there and what is not yours are told apart by nothing.
  if (seen.refusals.size > 1)
    seen.problems.push(`refused in ${seen.refusals.size} ways: ${[...seen.refusals].join(' | ')}`)
  return seen
}

interface Question {
  relation: Relation
  path: string
  refusals: Set<string>
}

async function askPath(world: MatrixWorld, cell: Cell, { relation, path, refusals }: Question) {
  const { operation, credential } = cell
  const rule = cell.rule()
  const others = credential === 'A' ? 'B' : 'A'
  const harmful = operation.method !== 'GET' && relation === 'foreign'
  const before = harmful ? await world.stateOf(others) : ''
  const answer = await send(world.server.url, {
    method: operation.method,
    path,
    headers: { ...world.headersOf(credential), 'content-type': 'application/json' },
    ...(rule.body && { body: JSON.stringify(rule.body) }),
  })
  const expected = expectedStatus(operation, credential, relation) ?? rule.status
  if (expected >= 400) refusals.add(fingerprint(answer))
  const problems: string[] = []
  if (answer.status !== expected) {
    problems.push(`${relation}: ${answer.status} instead of ${expected}: ${answer.text}`)
  }
  if (harmful && (await world.stateOf(others)) !== before) problems.push('it changed the others')
  if (credential !== 'A' && credential !== 'B') return problems
  const told = answer.text + JSON.stringify([...answer.headers])
  const leaked = world.secretsOf(others).filter((secret) => told.includes(secret))
  return [...problems, ...leaked.map((secret) => `${relation}: tells ${secret} of another`)]
}

/** The refusal that is due; undefined where the operation has to work. */
function expectedStatus(
  { path }: Operation,
  credential: Credential,
  relation: Relation,
): number | undefined {
  const isTenant = credential === 'A' || credential === 'B'
  if (isTenantPath(path) && !isTenant) return 401
  if (path.startsWith('/api/admin/') && credential !== 'admin') return 401
  return relation === 'own' ? undefined : 404
}

/** Differs from one request to the next by nature. */
const PASSING = new Set(['date', 'x-request-id', 'request-id', 'server-timing'])

function fingerprint({ status, headers, text }: Answer): string {
  const lasting = [...headers].filter(([name]) => !PASSING.has(name))
  const body = text.replaceAll(headers.get('x-request-id') ?? '', 'ID')
  return JSON.stringify([status, lasting, body])
}

if (import.meta.main) await runAlone(tenantMatrix)
