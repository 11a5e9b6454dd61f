import type { StatementReader } from '../db/statements.ts'
import type { Powers } from '../caller/powers.ts'
import { requireAgent, requireModel } from '../caller/require.ts'
import { AresError } from '../errors.ts'
import { type Answer, errorAnswer, toResponse } from '../http/error-handler.ts'
import { INTERRUPTED } from '../ledger/recover.ts'
import { toRun } from '../runs/schema.ts'
import { findRun } from '../runs/store.ts'
import { type Claim, misused, underWay } from './claim.ts'
import { type KeyRow, openAnswer } from './store.ts'

/** What a known answer is held to before it is given again. */
export interface Replaying {
  /** Of the key that asks, as they are now; null for no limit, and for operators. */
  powers: Powers | null
  /** Refuses an answer that the caller could not get any more. @throws AresError */
  permit?: ((body: unknown) => Promise<void>) | undefined
}

/**
 * The answer of the request that took the key. Network and scope of the caller were checked at the front door; nothing
 * is spent again, so no quota or cap is asked.
 *
 * @throws AresError `conflict` while it is under way, `invalid` for another request; `not_found` and `forbidden` for an
 *   agent and a model that the caller's key may not use any more, and as `permit`
 */
export async function replay(
  reads: StatementReader,
  claim: Claim,
  row: KeyRow,
  { powers, permit }: Replaying,
): Promise<Response> {
  const { body_hash, run_id, run_status, answer } = row
  if (body_hash !== claim.bodyHash) throw misused('another body')
  if (row.agent_name !== null) requireAgent(powers, row.agent_name)
  if (row.model !== null) requireModel(powers, row.model)
  if (answer === null && run_status === 'running') throw underWay()
  const known =
    answer === null ? await answerOfCutOff(reads, claim, run_id!) : openAnswer(claim, answer)
  if (!known) throw misused('another credential')
  await permit?.(known.body)
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
