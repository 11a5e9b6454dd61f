import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database as SqliteDatabase, Statement as SqliteStatement } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { databaseFault, storageError } from './errors.ts'
import { SqliteStatements } from './sqlite-statements.ts'
import type { Params, Statement } from './statements.ts'
import type { Db, Tables } from './tables.ts'

/*
 * The one way to write. Everything waits in one queue, and one transaction is open at a time.
 *
 * The spending path hands over `Change`s: plain data, so that this file can move to a Worker without a
 * store noticing. All changes waiting in one turn of the event loop are committed together; the additions
 * they make to the same counter row are merged into one statement. Everything else is a transaction of its
 * own, which awaits nothing but SQL.
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

/** What the spending path asks for: steps in order (guards first: they must precede any other write), additions, then a reading. */
export interface Change {
  steps: Step[]
  additions: Addition[]
  reading?: Reading
}

/** `row` is what the reading found. */
export type ChangeResult = { refused: true } | { refused: false; row: unknown }

/** The database's only writer. */
export interface Writer {
  /** Commits the change with all others of this turn; resolves after the commit. @throws AresError `storage_unavailable` */
  submit(change: Change): Promise<ChangeResult>
  /** Runs `work` in a transaction of its own, committed when it resolves and rolled back when it throws. Must await nothing but SQL. */
  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T>
  /** Resolves once everything handed over so far is committed or failed. */
  drain(): Promise<void>
}

export interface WriterOptions {
  /** The statements that changes may name. */
  statements: Statement[]
  /** Told once when the storage can no longer be trusted (failed fsync, corrupt file). */
  onFatal?: (error: unknown) => void
}

/** Bounds the time one commit may keep the event loop. */
const MAX_BATCH = 128

interface ChangeJob {
  change: Change
  resolve(result: ChangeResult): void
  reject(error: unknown): void
}

type TransactionJob = () => Promise<void>

/** The writer of an SQLite file; the connection must be used by nobody else. */
export class SqliteWriter implements Writer {
  readonly #connection: SqliteDatabase
  readonly #beginImmediate: SqliteStatement
  readonly #ends: Record<'commit' | 'rollback', SqliteStatement>
  readonly #statements: SqliteStatements
  readonly #known: Map<string, Statement>
  readonly #db: Db
  readonly #onFatal: (error: unknown) => void
  readonly #inside = new AsyncLocalStorage<true>()
  #changes: ChangeJob[] = []
  #transactions: TransactionJob[] = []
  #running: Promise<void> | undefined
  #trusted = true

  constructor(connection: SqliteDatabase, { statements, onFatal }: WriterOptions) {
    this.#connection = connection
    // Immediate: a deferred transaction that reads first can fail at its first write.
    this.#beginImmediate = connection.prepare('begin immediate')
    this.#ends = { commit: connection.prepare('commit'), rollback: connection.prepare('rollback') }
    this.#statements = new SqliteStatements(connection)
    this.#known = new Map(statements.map((statement) => [statement.name, statement]))
    this.#db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) })
    this.#onFatal = onFatal ?? (() => {})
  }

  submit(change: Change): Promise<ChangeResult> {
    if (this.#inside.getStore()) return Promise.reject(openAlready())
    const { promise, resolve, reject } = Promise.withResolvers<ChangeResult>()
    this.#changes.push({ change, resolve, reject })
    this.#start()
    return promise
  }

  transaction<T>(work: (trx: Db) => Promise<T>): Promise<T> {
    if (this.#inside.getStore()) return Promise.reject(openAlready())
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.#transactions.push(() => this.#transact(work).then(resolve, reject))
    this.#start()
    return promise
  }

  async drain(): Promise<void> {
    while (this.#running) await this.#running
  }

  #start(): void {
    this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    while (this.#changes.length > 0 || this.#transactions.length > 0) {
      // One turn of the event loop gathers the changes of all callers that are ready in it.
      await new Promise<void>((resolve) => setImmediate(resolve))
      if (this.#changes.length > 0) this.#commitBatch(this.#changes.splice(0, MAX_BATCH))
      await this.#transactions.shift()?.()
    }
    this.#running = undefined
  }

  async #transact<T>(work: (trx: Db) => Promise<T>): Promise<T> {
    try {
      this.#begin()
      const result = await this.#inside.run(true, () => work(this.#db))
      this.#end('commit')
      return result
    } catch (error) {
      throw this.#afterFailure(error)
    }
  }

  #commitBatch(jobs: ChangeJob[]): void {
    let results: ChangeResult[]
    try {
      results = this.#commit(jobs.map((job) => job.change))
    } catch (error) {
      const failure = this.#afterFailure(error)
      // A disk in trouble, which alone gets another name, fails everybody; one bad row must not fail its neighbours.
      if (jobs.length > 1 && failure === error) this.#commitOneByOne(jobs)
      else for (const job of jobs) job.reject(failure)
      return
    }
    for (const [index, job] of jobs.entries()) job.resolve(results[index]!)
  }

  #commitOneByOne(jobs: ChangeJob[]): void {
    for (const job of jobs) this.#commitBatch([job])
  }

  #commit(changes: Change[]): ChangeResult[] {
    this.#begin()
    const merged = new Map<string, MergedAddition>()
    const accepted = changes.map((change) => this.#applySteps(change, merged))
    for (const { statement, params } of merged.values()) this.#execute(statement, params)
    const rows = this.#read(changes)
    this.#end('commit')
    return changes.map(({ reading }, index) =>
      accepted[index]
        ? { refused: false, row: reading && rows.get(idOf(reading)) }
        : { refused: true },
    )
  }

  #applySteps({ steps, additions }: Change, merged: Map<string, MergedAddition>): boolean {
    for (const step of steps) if (!this.#take(step)) return false
    for (const addition of additions) mergeInto(merged, addition)
    return true
  }

  #take({ statement, params, otherwise }: Step): boolean {
    const changed = this.#execute(statement, params)
    if (changed > 0 || otherwise === undefined) return true
    return otherwise !== 'refuse' && this.#execute(otherwise.statement, params) > 0
  }

  /** Callers of the same tenant share one look at its row. */
  #read(changes: Change[]): Map<string, unknown> {
    const rows = new Map<string, unknown>()
    for (const { reading } of changes) {
      if (!reading || rows.has(idOf(reading))) continue
      rows.set(idOf(reading), this.#statements.get(this.#find(reading.statement), reading.params))
    }
    return rows
  }

  #execute(name: string, params: Params): number {
    return this.#statements.run(this.#find(name), params)
  }

  #find(name: string): Statement {
    const statement = this.#known.get(name)
    if (!statement) throw new Error(`unknown statement ${name}`)
    return statement
  }

  #begin(): void {
    if (!this.#trusted) throw storageDistrusted
    this.#beginImmediate.run()
  }

  #end(how: 'commit' | 'rollback'): void {
    this.#ends[how].run()
  }

  #afterFailure(error: unknown): unknown {
    if (this.#connection.inTransaction) this.#rollBack()
    if (databaseFault(error) === 'fatal') this.#distrust(error)
    return storageError(error)
  }

  #distrust(error: unknown): void {
    if (!this.#trusted) return
    this.#trusted = false
    this.#onFatal(error)
  }

  #rollBack(): void {
    try {
      this.#end('rollback')
    } catch (error) {
      // SQLite has rolled back by itself after some I/O errors. Otherwise nothing more can be written.
      if (this.#connection.inTransaction) this.#distrust(error)
    }
  }
}

function openAlready(): Error {
  return new Error('A transaction is open already: use its handle, or wait until it has ended.')
}

const storageDistrusted = Object.assign(new Error('the storage failed earlier'), {
  code: 'SQLITE_IOERR',
})

interface MergedAddition {
  statement: string
  params: Params
}

/** Names one row that a statement concerns. */
function idOf({ statement, params }: Reading): string {
  let id = statement
  for (const name in params) id += ` ${params[name]}`
  return id
}

function mergeInto(merged: Map<string, MergedAddition>, addition: Addition): void {
  const { statement, key, add, latest } = addition
  const id = idOf({ statement, params: key })
  const existing = merged.get(id)
  if (!existing) {
    merged.set(id, { statement, params: { ...key, ...add, ...latest } })
    return
  }
  const { params } = existing
  for (const name in add) params[name] = (params[name] as number) + add[name]!
  for (const name in latest) {
    if (latest[name]! > (params[name] as string)) params[name] = latest[name]!
  }
}
