import { databaseFault, storageError } from './errors.ts'

/**
 * What is wrong with the storage, and what that leaves.
 *
 * `damaged`: what can be read is read, what was begun is recorded, and nothing new begins. `disowned`: another process
 * may take the database for its own, so ours ends, with everything recorded. `untrusted`: nothing is written any more.
 */
export type StorageState = 'damaged' | 'disowned' | 'untrusted'

export interface StorageFault {
  state: StorageState
  error: unknown
}

const RANK: Record<StorageState, number> = { damaged: 1, disowned: 2, untrusted: 3 }

/** What is known of the storage: sound until something else was seen, and never better again while the process lives. */
export class Soundness {
  #fault: StorageFault | null = null
  #onFault: (fault: StorageFault) => void = () => {}

  /** The worst fault so far; null while nothing is known to be wrong. */
  get fault(): StorageFault | null {
    return this.#fault
  }

  get isTrusted(): boolean {
    return this.#fault?.state !== 'untrusted'
  }

  /** Has each fault that is worse than the last told once; one that was seen before, at once. */
  onFault(listener: (fault: StorageFault) => void): void {
    this.#onFault = listener
    if (this.#fault) listener(this.#fault)
  }

  /** For whoever reads or writes: draws the conclusion from a driver's error, if there is any. */
  notice(error: unknown): void {
    const fault = databaseFault(error)
    if (fault === 'damaged') this.report({ state: 'damaged', error })
    if (fault === 'unsynced' || fault === 'lost') this.report({ state: 'untrusted', error })
  }

  report(fault: StorageFault): void {
    if (this.#fault && RANK[fault.state] <= RANK[this.#fault.state]) return
    this.#fault = fault
    this.#onFault(fault)
  }

  /** @throws AresError `storage_damaged` or `storage_unavailable` when nothing new may begin */
  require(): void {
    if (this.#fault) throw storageError(this.#fault.error)
  }

  /** @throws AresError as `require`, when the process has to end */
  requireOwned(): void {
    if (this.#fault && this.#fault.state !== 'damaged') this.require()
  }
}
