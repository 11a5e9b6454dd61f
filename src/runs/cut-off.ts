import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import { INTERRUPTED } from '../ledger/recover.ts'
import { toRun } from './schema.ts'
import { findRun } from './store.ts'

/** What is answered of a run that a stop of the server has cut off: the failed run of an agent, otherwise an error. */
export async function replyOfCutOff(reads: StatementReader, runId: string): Promise<object> {
  // The rows of runs are never dropped.
  const run = (await findRun(reads, runId))!
  return run.kind === 'run' ? toRun(run) : new AresError('shutting_down', INTERRUPTED)
}
