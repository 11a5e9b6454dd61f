import { AsyncLocalStorage } from 'node:async_hooks'
import type { Database as SqliteDatabase, Statement as SqliteStatement } from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import { nextTurn } from '../../next-turn.ts'
import { applyChanges, type Change, type ChangeResult } from '../change-batch.ts'
import { databaseFault, StorageLost, storageError } from '../errors.ts'
import type { Soundness } from '../soundness.ts'
import { Durability } from './durability.ts'
import { SqliteStatements } from './sqlite-statements.ts'
import type { Statement } from '../statements.ts'
import type { Tables, Trx } from '../tables.ts'
import type { Writer } from '../writer-contract.ts'
import { openAlready, tooManyWaiting } from '../writer-refusals.ts'
import type { CommitLog } from './wal.ts'

/*
 * The one way to write. Everything waits in one queue, and one transaction is open at a time.
 *
 * The spending path hands over `Change`s. All that come in one turn of the event loop, and in the turns right after it,
 * are committed together. Everything else is a transaction of its own, which awaits nothing but SQL.
 *
 * Commits are made durable by syncs of the log (`wal.ts`), and a slow disk does not keep the event loop. Who is to hear
 * of its commit when it is durable waits for a sync that began after it. While one is under way such work gathers, and
 * is committed together when it has ended. What is told as soon as it is committed, the beginning of a run, is committed
 * meanwhile; it is synced with whatever comes next, within 20 ms. docs/decisions/durability.md has a picture.
 *
 * What strangers cause comes last: it goes along with a commit of others, or is written when nobody else waits.
 */

export interface WriterOptions {
  log: CommitLog
  /** Called in the same turn as the commit of a transaction. */
  onTransaction: () => void
  /** The statements that changes may name. */
  statements: Statement[]
  /** Writes that may wait; further ones that can be refused are. */
  maxWaiting: number
  /** Told of every failure of the storage. Where nothing new may begin, what would begin something is refused. */
  soundness: Soundness
}

/** Bounds the time one commit may keep the event loop. */
const MAX_BATCH = 128

type Told = 'durable' | 'committed'

interface ChangeJob {
  change: Change
  told: Told
  resolve: (result: ChangeResult) => void
  reject: (error: unknown) => void
}

type TransactionJob = () => Promise<void>

/** The writer of an SQLite file; the connection must be used by nobody else. */
export class SqliteWriter implements Writer {
  readonly #connection: SqliteDatabase
  readonly #beginImmediate: SqliteStatement
  readonly #ends: Record<'commit' | 'rollback', SqliteStatement>
  readonly #statements: SqliteStatements
  readonly #db: Trx
  readonly #log: CommitLog
  readonly #durability: Durability
  readonly #onTransaction: () => void
  readonly #soundness: Soundness
  readonly #maxWaiting: number
  readonly #inside = new AsyncLocalStorage<true>()
  #changes: ChangeJob[] = []
  #transactions: TransactionJob[] = []
  #last: ChangeJob[] = []
  #isCommittingMeanwhile = false
  #running: Promise<void> | undefined

  constructor(connection: SqliteDatabase, options: WriterOptions) {
    this.#connection = connection
    // Immediate: a deferred transaction that reads first can fail at its first write.
    this.#beginImmediate = connection.prepare('begin immediate')
    this.#ends = { commit: connection.prepare('commit'), rollback: connection.prepare('rollback') }
    this.#statements = new SqliteStatements(connection, options.statements)
    const dialect = new SqliteDialect({ database: connection })
    this.#db = new Kysely<Tables>({ dialect }) as Trx
    this.#log = options.log
    this.#durability = new Durability(options.log)
    this.#onTransaction = options.onTransaction
    this.#soundness = options.soundness
    this.#maxWaiting = options.maxWaiting
  }

  submit(
    change: Change,
    whenFull: 'wait' | 'refuse' = 'wait',
    told: Told = 'durable',
  ): Promise<ChangeResult> {
    const refusal = whenFull === 'refuse' ? this.#refusal() : undefined
    if (refusal !== undefined) return Promise.reject(refusal)
    return this.#enqueue(this.#changes, change, told)
  }

  submitLast(change: Change): Promise<ChangeResult> {
    return this.#enqueue(this.#last, change, 'durable')
  }

  durable(): Promise<void> {
    if (this.#durability.isComplete) return Promise.resolve()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#durability.wait({ confirm: resolve, reject })
    this.#start()
    return promise
  }

  transaction<T>(
    work: (trx: Trx) => Promise<T>,
    whenDamaged: 'refuse' | 'try' = 'refuse',
  ): Promise<T> {
    if (this.#inside.getStore()) return Promise.reject(openAlready())
    const refusal = whenDamaged === 'refuse' ? this.#refusal() : undefined
    if (refusal !== undefined) return Promise.reject(refusal)
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    this.#transactions.push(async () => {
      try {
        const result = await this.#transact(work)
        this.#durability.wait({ confirm: () => resolve(result), reject })
      } catch (error) {
        reject(error)
      }
    })
    this.#start()
    return promise
  }

  async drain(): Promise<void> {
    while (this.#running) await this.#running
    await this.durable().catch(() => {})
  }

  #enqueue(queue: ChangeJob[], change: Change, told: Told): Promise<ChangeResult> {
    if (this.#inside.getStore()) return Promise.reject(openAlready())
    const { promise, resolve, reject } = Promise.withResolvers<ChangeResult>()
    queue.push({ change, told, resolve, reject })
    if (told === 'committed' && this.#durability.isSyncing) void this.#commitMeanwhile()
    this.#start()
    return promise
  }

  /** Why nothing new may begin; undefined where it may. */
  #refusal(): unknown {
    const { fault } = this.#soundness
    if (fault) return storageError(fault.error)
    const waiting = this.#changes.length + this.#transactions.length
    return waiting >= this.#maxWaiting ? tooManyWaiting() : undefined
  }

  #start(): void {
    this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    while (this.#hasWork()) {
      await this.#gather()
      this.#commitBatch(this.#nextBatch())
      await this.#transactions.shift()?.()
      if (this.#durability.isAwaited) await this.#sync()
      else this.#durability.soon(() => void this.durable().catch(() => {}))
    }
    this.#running = undefined
  }

  #hasWork(): boolean {
    const queues = [this.#changes, this.#transactions, this.#last]
    return this.#durability.isAwaited || queues.some((queue) => queue.length > 0)
  }

  /** While a sync is under way, the loop stands still. What waits for the next one goes along. */
  async #commitMeanwhile(): Promise<void> {
    if (this.#isCommittingMeanwhile) return
    this.#isCommittingMeanwhile = true
    await this.#gather()
    this.#isCommittingMeanwhile = false
    // Otherwise the loop goes on, and may have a transaction open.
    if (this.#durability.isSyncing) this.#commitBatch(this.#nextBatch())
  }

  #nextBatch(): ChangeJob[] {
    const batch = this.#changes.splice(0, MAX_BATCH)
    const isFree = batch.length > 0 || this.#transactions.length === 0
    if (isFree && this.#last.length > 0) batch.push(this.#last.shift()!)
    return batch
  }

  /** One turn of the event loop for a lone caller; as long as each turn brings more changes, one more. */
  async #gather(): Promise<void> {
    let waiting: number
    do {
      waiting = this.#changes.length
      await nextTurn()
    } while (this.#changes.length > waiting && this.#changes.length < MAX_BATCH)
  }

  /** Everybody is told by it, for good or bad. */
  async #sync(): Promise<void> {
    try {
      this.#requireTrusted()
      await this.#durability.sync()
    } catch (error) {
      this.#durability.fail(this.#afterFailure(error))
      return
    }
    await this.#tidy()
  }

  async #tidy(): Promise<void> {
    try {
      await this.#log.foldIfLong()
    } catch (error) {
      this.#afterFailure(error)
    }
  }

  async #transact<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    try {
      this.#begin()
      const result = await this.#inside.run(true, () => work(this.#db))
      this.#end('commit')
      this.#onTransaction()
      return result
    } catch (error) {
      throw this.#afterFailure(error)
    }
  }

  #commitBatch(jobs: ChangeJob[]): void {
    if (jobs.length === 0) return
    let results: ChangeResult[]
    try {
      results = this.#commit(jobs.map((job) => job.change))
    } catch (error) {
      const failure = this.#afterFailure(error)
      // A disk in trouble fails everybody; one bad row, or one damaged page, must not fail its neighbours.
      if (jobs.length > 1 && isOfOne(error)) this.#commitOneByOne(jobs)
      else for (const job of jobs) job.reject(failure)
      return
    }
    jobs.forEach(({ told, resolve, reject }, index) => {
      const confirm = () => resolve(results[index]!)
      if (told === 'committed') confirm()
      else this.#durability.wait({ confirm, reject })
    })
  }

  #commitOneByOne(jobs: ChangeJob[]): void {
    for (const job of jobs) this.#commitBatch([job])
  }

  #commit(changes: Change[]): ChangeResult[] {
    this.#begin()
    const results = applyChanges(this.#statements, changes)
    this.#end('commit')
    return results
  }

  #requireTrusted(): void {
    const { fault, isTrusted } = this.#soundness
    if (!isTrusted) throw fault?.error
  }

  #begin(): void {
    this.#requireTrusted()
    this.#beginImmediate.run()
  }

  #end(how: 'commit' | 'rollback'): void {
    this.#ends[how].run()
    if (how === 'commit') this.#durability.committed()
  }

  #afterFailure(error: unknown): unknown {
    if (this.#connection.inTransaction) this.#rollBack()
    this.#soundness.notice(error)
    return storageError(error)
  }

  #rollBack(): void {
    try {
      this.#end('rollback')
    } catch (error) {
      // SQLite has rolled back by itself after some I/O errors. Otherwise nothing more can be written.
      if (!this.#connection.inTransaction) return
      this.#soundness.notice(new StorageLost('a transaction cannot be undone', { cause: error }))
    }
  }
}

function isOfOne(error: unknown): boolean {
  return storageError(error) === error || databaseFault(error) === 'damaged'
}
