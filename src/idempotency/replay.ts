import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import { type Answer, errorAnswer, toResponse } from '../http/error-handler.ts'
import { INTERRUPTED } from '../ledger/recover.ts'
import { toRun } from '../runs/schema.ts'
import { findRun } from '../runs/store.ts'
import { type Claim, misused, underWay } from './claim.ts'
import { type KeyRow, openAnswer } from './store.ts'

/** The answer of the request that took the key. @throws AresError `conflict` while it is under way, `invalid` for another request */
export async function replay(
  reads: StatementReader,
  claim: Claim,
  { body_hash, run_id, run_status, answer }: KeyRow,
): Promise<Response> {
  if (body_hash !== claim.bodyHash) throw misused('another body')
  if (answer === null && run_status === 'running') throw underWay()
  const known =
    answer === null ? await answerOfCutOff(reads, claim, run_id!) : openAnswer(claim, answer)
  if (!known) throw misused('another credential')
  const response = toResponse(known)
  response.headers.set('idempotent-replayed', 'true')
  return response
}

/** For a run that the next start has settled: nobody was left to answer. */
async function answerOfCutOff(
  reads: StatementReader,
  { requestId, errorForm }: Claim,
  runId: string,
): Promise<Answer> {
  // The rows of runs are never dropped.
  const run = (await findRun(reads, runId))!
  if (run.kind === 'run') return { status: 200, body: toRun(run) }
  return errorAnswer(new AresError('shutting_down', INTERRUPTED), requestId, errorForm)
}
