import type { Clock } from '../clock.ts'
import { toTimestamp } from './columns.ts'
import type { Trx } from './tables.ts'
import type { Writer } from './writer-contract.ts'

/** Ids and the time for what a transaction writes. */
export interface Stamp {
  newId: () => string
  now: string
}

export interface ChangeDeps {
  writer: Writer
  clock: Clock
  newId: () => string
}

/** One administrative change: a transaction with the ids and the time for what it writes. */
export function change<T>(
  { writer, clock, newId }: ChangeDeps,
  work: (trx: Trx, stamp: Stamp) => Promise<T>,
): Promise<T> {
  const stamp: Stamp = { newId, now: toTimestamp(clock.now()) }
  return writer.transaction((trx) => work(trx, stamp))
}
