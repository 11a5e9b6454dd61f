import type { Change, ChangeResult } from './change-batch.ts'
import type { Trx } from './tables.ts'

/** The database's only writer. */
export interface Writer {
  /**
   * Commits the change with all others of this turn; resolves once that is on the disk.
   *
   * @param whenFull `refuse` for what would begin something: its caller can come again, and the end of a run cannot
   * @throws AresError `storage_unavailable`, `storage_damaged`, `overloaded`
   */
  submit(change: Change, whenFull?: 'wait' | 'refuse'): Promise<ChangeResult>
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
  /** Resolves once everything handed over so far is committed or failed. */
  drain(): Promise<void>
}
