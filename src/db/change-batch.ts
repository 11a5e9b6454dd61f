import type { Params, Statement } from './statements.ts'

/*
 * What the spending path hands to the writer, as plain data, and how the changes of one commit are applied together:
 * the steps of each in order, then all additions, merged by row, then the readings, shared by row.
 */

/** One statement of a change. */
export interface Step {
  statement: string
  params: Params
  /** What happens when it changes no row: this statement with the same values instead, or the refusal of the whole change. */
  otherwise?: { statement: string } | 'refuse'
}

/** An addition to one row of counters: `add` is summed and `latest` is maximised over all changes of a commit. */
export interface Addition {
  statement: string
  /** The values of the row's key. */
  key: Params
  add: Record<string, number>
  latest?: Record<string, string>
}

/** A row to be read once every addition of the commit is made. */
export interface Reading {
  statement: string
  params: Params
}

/** Steps in order (guards first: they must precede any other write), additions, then a reading. */
export interface Change {
  steps: Step[]
  additions: Addition[]
  reading?: Reading
}

/** `row` is what the reading found. */
export type ChangeResult = { refused: true } | { refused: false; row: unknown }

/** Executes named statements at once, on the connection whose transaction is open. */
export interface StatementRunner {
  /** @throws where nothing of that name was declared */
  named(name: string): Statement
  /** The first row. */
  get(statement: Statement, params: Params): unknown
  /** Writes; how many rows were changed. */
  run(statement: Statement, params: Params): number
}

/** Applies the changes inside the transaction that is open on the statements' connection. */
export function applyChanges(statements: StatementRunner, changes: Change[]): ChangeResult[] {
  const additions = new RowMap<Params>()
  const accepted = changes.map((change) => {
    if (!applySteps(statements, change.steps)) return false
    for (const addition of change.additions) mergeInto(additions, addition)
    return true
  })
  additions.forEach((statement, params) => run(statements, statement, params))
  const rows = new RowMap<unknown>()
  return changes.map(({ reading }, index) => {
    if (!accepted[index]) return { refused: true }
    return { refused: false, row: reading && readOnce(statements, rows, reading) }
  })
}

/** False when a step refuses the change; nothing is written then. */
function applySteps(statements: StatementRunner, steps: Step[]): boolean {
  for (const { statement, params, otherwise } of steps) {
    if (run(statements, statement, params) > 0 || otherwise === undefined) continue
    if (otherwise === 'refuse' || run(statements, otherwise.statement, params) === 0) return false
  }
  return true
}

function mergeInto(merged: RowMap<Params>, { statement, key, add, latest }: Addition): void {
  const entry = merged.entry(statement, key)
  const params = entry.value
  if (!params) {
    entry.value = { ...key, ...add, ...latest }
    return
  }
  for (const name in add) {
    if (add[name] !== 0) params[name] = (params[name] as number) + add[name]!
  }
  for (const name in latest) {
    if (latest[name]! > (params[name] as string)) params[name] = latest[name]!
  }
}

function readOnce(
  statements: StatementRunner,
  rows: RowMap<unknown>,
  { statement, params }: Reading,
): unknown {
  const entry = rows.entry(statement, params)
  entry.value ??= statements.get(statements.named(statement), params)
  return entry.value
}

/** How many rows were changed. */
function run(statements: StatementRunner, name: string, params: Params): number {
  return statements.run(statements.named(name), params)
}

interface RowEntry<T> {
  statement: string
  value: T | undefined
}

/** One row of counters and what all changes of a commit add to it. */
export interface MergedAddition {
  statement: string
  params: Params
}

/** The additions of these changes, one for each row. */
export function mergedAdditions(changes: readonly Change[]): MergedAddition[] {
  const merged = new RowMap<Params>()
  for (const { additions } of changes) for (const one of additions) mergeInto(merged, one)
  const rows: MergedAddition[] = []
  merged.forEach((statement, params) => rows.push({ statement, params }))
  return rows
}

/** Finds what belongs to one row of a statement by the values of the row's key: a tree, for joining them to one string costs more. */
export class RowMap<T> {
  readonly #tree: Branch<T> = { children: new Map(), entry: undefined }
  readonly #entries: RowEntry<T>[] = []

  entry(statement: string, key: Params): RowEntry<T> {
    let branch = childOf(this.#tree, statement)
    for (const name in key) branch = childOf(branch, key[name]!)
    if (!branch.entry) {
      branch.entry = { statement, value: undefined }
      this.#entries.push(branch.entry)
    }
    return branch.entry
  }

  forEach(visit: (statement: string, value: T) => void): void {
    for (const { statement, value } of this.#entries) visit(statement, value!)
  }
}

interface Branch<T> {
  children: Map<string | number | null, Branch<T>>
  entry: RowEntry<T> | undefined
}

function childOf<T>({ children }: Branch<T>, value: string | number | null): Branch<T> {
  let child = children.get(value)
  if (!child) {
    child = { children: new Map(), entry: undefined }
    children.set(value, child)
  }
  return child
}
