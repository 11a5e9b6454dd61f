import { AsyncLocalStorage } from 'node:async_hooks'
import { nextTurn } from '../../next-turn.ts'
import type { Change, ChangeResult } from '../change-batch.ts'
import { databaseFault, storageError } from '../errors.ts'
import type { Soundness } from '../soundness.ts'
import type { Statement } from '../statements.ts'
import type { Db, Trx } from '../tables.ts'
import type { Writer } from '../writer-contract.ts'
import { openAlready, tooManyWaiting } from '../writer-refusals.ts'
import { applyChanges, inLockOrder } from './apply.ts'
import type { PostgresStatements } from './compiled.ts'
import { isWorthARetry } from './fault.ts'
import { takeTurn, TURN } from './turn.ts'
import type { KeptSession, PostgresPool } from './pool.ts'

/*
 * Writes beside other nodes. What begins runs and what ends them are two lanes, for the first waits for guards; in each,
 * all that come while a commit is under way are the next commit. A transaction is alone among the transactions of all
 * nodes: it waits for its turn before it reads anything.
 */

export interface PostgresWriterOptions {
  db: Db
  pool: PostgresPool
  statements: PostgresStatements
  /** What changes may name, in the order in which the rows that they write are taken. */
  order: readonly Statement[]
  maxWaiting: number
  soundness: Soundness
}

/** Changes of one commit. */
const MAX_BATCH = 128
/** A change that met another node's in a bad order is tried so often. */
const ATTEMPTS = 5
/** Before it is tried again, at most, ms. */
const GIVE_WAY_MS = 20

interface ChangeJob {
  change: Change
  resolve: (result: ChangeResult) => void
  reject: (error: unknown) => void
}

export class PostgresWriter implements Writer {
  readonly #options: PostgresWriterOptions
  readonly #rankOf: (statement: string) => number
  readonly #inside = new AsyncLocalStorage<true>()
  readonly #begins = new Lane((jobs) => this.#commitBatch(jobs))
  readonly #ends = new Lane((jobs) => this.#commitBatch(jobs))
  readonly #underWay = new Set<Promise<unknown>>()
  #lastJob: Promise<unknown> = Promise.resolve()

  constructor(options: PostgresWriterOptions) {
    this.#options = options
    const ranks = new Map(options.order.map(({ name }, rank) => [name, rank]))
    this.#rankOf = (statement) => ranks.get(statement) ?? Infinity
  }

  submit(change: Change, whenFull: 'wait' | 'refuse' = 'wait'): Promise<ChangeResult> {
    if (this.#inside.getStore()) return Promise.reject(openAlready())
    const refusal = whenFull === 'refuse' ? this.#refusal() : undefined
    if (refusal !== undefined) return Promise.reject(refusal)
    const lane = hasGuard(change) ? this.#begins : this.#ends
    return lane.add(change)
  }

  /** What is committed on the server is on its disk. */
  async durable(): Promise<void> {}

  /** In a transaction, for it numbers entries of the audit log, whose last number all nodes share. */
  submitLast(change: Change): Promise<ChangeResult> {
    const done = this.#lastJob.then(() =>
      this.#alone(async (session) => {
        const [result] = await applyChanges(this.#applying(session), [change])
        return result!
      }),
    )
    this.#lastJob = done.catch(() => {})
    return done
  }

  transaction<T>(
    work: (trx: Trx) => Promise<T>,
    whenDamaged: 'refuse' | 'try' = 'refuse',
  ): Promise<T> {
    if (this.#inside.getStore()) return Promise.reject(openAlready())
    const refusal = whenDamaged === 'refuse' ? this.#refusal() : undefined
    if (refusal !== undefined) return Promise.reject(refusal)
    return this.#counted(this.#transact(work))
  }

  async drain(): Promise<void> {
    await Promise.all([this.#begins.idle(), this.#ends.idle(), this.#lastJob])
    await Promise.allSettled(this.#underWay)
  }

  async #transact<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    try {
      return await this.#options.db.transaction().execute(async (trx) => {
        await TURN.execute(trx)
        return this.#inside.run(true, () => work(trx as unknown as Trx))
      })
    } catch (error) {
      throw this.#afterFailure(error)
    }
  }

  async #commitBatch(jobs: ChangeJob[]): Promise<void> {
    const ordered = inLockOrder(jobs, ({ change }) => change)
    try {
      const results = await this.#commit(ordered.map(({ change }) => change))
      ordered.forEach(({ resolve }, index) => resolve(results[index]!))
    } catch (error) {
      const failure = this.#afterFailure(error)
      // A database in trouble fails everybody; one bad row must not fail its neighbours.
      if (jobs.length > 1 && storageError(error) === error) {
        for (const job of ordered) await this.#commitBatch([job])
      } else for (const job of jobs) job.reject(failure)
    }
  }

  async #commit(changes: Change[]): Promise<ChangeResult[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#inTransaction((session) =>
          applyChanges(this.#applying(session), changes),
        )
      } catch (error) {
        if (attempt >= ATTEMPTS || !isWorthARetry(error)) throw error
        await Bun.sleep(Math.random() * GIVE_WAY_MS)
      }
    }
  }

  #alone<T>(work: (session: KeptSession) => Promise<T>): Promise<T> {
    const done = this.#inTransaction(async (session) => {
      await takeTurn(session)
      return work(session)
    })
    return this.#counted(
      done.catch((error: unknown) => {
        throw this.#afterFailure(error)
      }),
    )
  }

  async #inTransaction<T>(work: (session: KeptSession) => Promise<T>): Promise<T> {
    const session = await this.#options.pool.keep()
    try {
      await session.run('begin', [])
      const result = await work(session)
      await session.run('commit', [])
      return result
    } catch (error) {
      await session.run('rollback', []).catch(() => {})
      throw error
    } finally {
      session.release()
    }
  }

  #applying(session: KeptSession) {
    return { session, statements: this.#options.statements, rankOf: this.#rankOf }
  }

  #counted<T>(done: Promise<T>): Promise<T> {
    this.#underWay.add(done)
    const over = () => void this.#underWay.delete(done)
    done.then(over, over)
    return done
  }

  /** Why nothing new may begin; undefined where it may. */
  #refusal(): unknown {
    const { fault } = this.#options.soundness
    if (fault) return storageError(fault.error)
    const waiting = this.#begins.waiting + this.#ends.waiting + this.#underWay.size
    return waiting >= this.#options.maxWaiting ? tooManyWaiting() : undefined
  }

  #afterFailure(error: unknown): unknown {
    if (databaseFault(error) !== undefined) this.#options.soundness.notice(error)
    return storageError(error)
  }
}

/** One commit at a time; what comes meanwhile is the next one. */
class Lane {
  readonly #commit: (jobs: ChangeJob[]) => Promise<void>
  #jobs: ChangeJob[] = []
  #running: Promise<void> | undefined

  constructor(commit: (jobs: ChangeJob[]) => Promise<void>) {
    this.#commit = commit
  }

  get waiting(): number {
    return this.#jobs.length
  }

  add(change: Change): Promise<ChangeResult> {
    const { promise, resolve, reject } = Promise.withResolvers<ChangeResult>()
    this.#jobs.push({ change, resolve, reject })
    this.#running ??= this.#run()
    return promise
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#jobs.length > 0) {
      await nextTurn()
      await this.#commit(this.#jobs.splice(0, MAX_BATCH))
    }
    this.#running = undefined
  }
}

/** What begins something waits at a guard that may refuse it. */
function hasGuard({ steps }: Change): boolean {
  return steps.some(({ otherwise }) => typeof otherwise === 'object')
}
