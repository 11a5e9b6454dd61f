import type { Change, ChangeResult } from './change-batch.ts'
import type { Trx } from './tables.ts'

/** The database's only writer. */
export interface Writer {
  /**
   * Commits the change with all others of this turn.
   *
   * @param whenFull `refuse` for what would begin something: its caller can come again, and the end of a run cannot
   * @param told when the promise resolves: once it is on the disk (`durable`), or as soon as it survives the end of this
   *   process (`committed`), which a power loss within some 20 ms may still take. A later change that is durable makes
   *   all durable that were committed before it.
   * @throws AresError `storage_unavailable`, `storage_damaged`, `overloaded`
   */
  submit(
    change: Change,
    whenFull?: 'wait' | 'refuse',
    told?: 'durable' | 'committed',
  ): Promise<ChangeResult>
  /** Resolves once everything that is committed by now is on the disk. @throws AresError `storage_unavailable` */
  durable(): Promise<void>
  /**
   * Commits the change together with those of others, or once nobody else waits: it keeps nobody waiting, and does not
   * count as waiting. For what strangers cause; whoever uses it has one at a time under way.
   *
   * @throws AresError `storage_unavailable`
   */
  submitLast(change: Change): Promise<ChangeResult>
  /**
   * Runs `work` in a transaction of its own, committed when it resolves and rolled back when it throws. Must await
   * nothing but SQL. An engine with several writers makes sure that there is one at a time (`Trx`) before `work` reads
   * anything; changes that are submitted go on meanwhile.
   *
   * @param whenDamaged `try` for what tells of the damage
   * @throws AresError `overloaded`, `storage_damaged`, or what `work` throws
   */
  transaction<T>(work: (trx: Trx) => Promise<T>, whenDamaged?: 'refuse' | 'try'): Promise<T>
  /** Resolves once everything handed over so far is on the disk, or has failed. */
  drain(): Promise<void>
}
