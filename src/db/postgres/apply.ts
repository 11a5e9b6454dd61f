import {
  type Change,
  type ChangeResult,
  type MergedAddition,
  mergedAdditions,
  type Reading,
  RowMap,
  type Step,
} from '../change-batch.ts'
import type { Params } from '../statements.ts'
import type { PostgresStatements } from './compiled.ts'
import type { Session } from './pool.ts'

/*
 * The changes of one commit on PostgreSQL, where others commit at the same time. Each waits at the row of its tenant's
 * month before it touches anything else of the tenant, and the rows are taken in one order: so nobody waits in a circle.
 */

export interface Applying {
  session: Session
  statements: PostgresStatements
  /** The place of a statement in this order; rows of lower ones are taken first. */
  rankOf: (statement: string) => number
}

/** Applies the changes inside the transaction that is open on the session. @param changes sorted, see `inLockOrder` */
export async function applyChanges(
  on: Applying,
  changes: readonly Change[],
): Promise<ChangeResult[]> {
  const accepted: Change[] = []
  const passed: boolean[] = []
  for (const change of changes) {
    const isAccepted = await applySteps(on, change.steps)
    passed.push(isAccepted)
    if (isAccepted) accepted.push(change)
  }
  for (const { statement, params } of inRowOrder(on, mergedAdditions(accepted))) {
    await on.statements.run(on.session, statement, params)
  }
  const rows = new RowMap<{ row: unknown }>()
  const results: ChangeResult[] = []
  for (const [index, { reading }] of changes.entries()) {
    if (!passed[index]) results.push({ refused: true })
    else results.push({ refused: false, row: reading && (await readOnce(on, rows, reading)) })
  }
  return results
}

/** Changes in the order of the rows at which they wait first. */
export function inLockOrder<T>(jobs: readonly T[], changeOf: (job: T) => Change): T[] {
  return jobs
    .map((job) => ({ job, at: firstRow(changeOf(job)) }))
    .toSorted((a, b) => compare(a.at, b.at))
    .map(({ job }) => job)
}

function firstRow({ steps: [step] }: Change): string {
  const { tenant_id = '', month = '' } = step?.params ?? {}
  return `${tenant_id} ${month}`
}

/** False when a step refuses the change; nothing is written then. */
async function applySteps(on: Applying, steps: readonly Step[]): Promise<boolean> {
  const first = await stepThrough(on, steps)
  // Another node may have begun the month meanwhile: then there is a row now, at which the guards can wait and decide.
  return first === 'no row' ? (await stepThrough(on, steps)) === 'applied' : first === 'applied'
}

/** `no row`: neither was there a row to change, nor could one be begun. */
type Outcome = 'applied' | 'refused' | 'no row'

async function stepThrough(
  { session, statements }: Applying,
  steps: readonly Step[],
): Promise<Outcome> {
  for (const { statement, params, otherwise } of steps) {
    const changed = async (name: string) => (await statements.run(session, name, params)).count > 0
    if ((await changed(statement)) || otherwise === undefined) continue
    if (otherwise === 'refuse') return 'refused'
    if (!(await changed(otherwise.statement))) return 'no row'
  }
  return 'applied'
}

function inRowOrder({ rankOf }: Applying, additions: MergedAddition[]): MergedAddition[] {
  return additions
    .map((addition) => ({
      addition,
      rank: rankOf(addition.statement),
      key: keyOf(addition.params),
    }))
    .toSorted((a, b) => a.rank - b.rank || compare(a.key, b.key))
    .map(({ addition }) => addition)
}

function keyOf(params: Params): string {
  return Object.values(params)
    .filter((value) => typeof value === 'string')
    .join(' ')
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

async function readOnce(
  { session, statements }: Applying,
  rows: RowMap<{ row: unknown }>,
  { statement, params }: Reading,
): Promise<unknown> {
  const entry = rows.entry(statement, params)
  entry.value ??= { row: (await statements.run(session, statement, params)).rows[0] }
  return entry.value.row
}
