import type { StatementReader } from '../db/statements.ts'
import { requireAgent, requireModel } from '../caller/require.ts'
import type { Answers, Asked } from '../http/answers.ts'
import { toJsonAnswer } from '../http/error-handler.ts'
import { type Claim, misused, underWay } from './claim.ts'
import { answerOf, type KeyRow, readAnswer } from './store.ts'

/** What a run is answered with that the next start has settled, for nobody was left to answer; as `answeringSteps`. */
export type AnswerOfCutOff = (runId: string) => Promise<object>

export interface ReplayDeps {
  reads: StatementReader
  answers: Answers
  answerOfCutOff: AnswerOfCutOff
}

/** A request whose answer is known, and what that is held to before it is given again. */
export interface Replaying extends Asked {
  /** Refuses an answer that the caller could not get any more. @throws AresError */
  permit?: ((body: unknown) => Promise<void>) | undefined
}

/**
 * The answer of the request that took the key. Network and scope of the caller were checked at the front door; nothing
 * is spent again, so no quota or cap is asked.
 *
 * @throws AresError `conflict` while it is under way, `invalid` for another request; `not_found` and `forbidden` for an
 *   agent and a model that the caller's key may not use any more, as `permit`, and as `Answers.send`
 */
export async function replay(
  { reads, answers, answerOfCutOff }: ReplayDeps,
  asked: Replaying,
  claim: Claim,
  row: KeyRow,
): Promise<Response> {
  const { body_hash, run_id, run_status, answer_bytes } = row
  if (body_hash !== claim.bodyHash) throw misused('another body')
  const powers = asked.admission.caller?.powers ?? null
  if (row.agent_name !== null) requireAgent(powers, row.agent_name)
  if (row.model !== null) requireModel(powers, row.model)
  if (answer_bytes === null && run_status === 'running') throw underWay()
  return answers.send(asked, { bytes: answer_bytes ?? 0 }, async () => {
    const known =
      answer_bytes === null
        ? answerOf(claim, await answerOfCutOff(run_id!))
        : await readAnswer(reads, claim)
    await asked.permit?.(known.body)
    const { text, status, headers } = toJsonAnswer(known)
    return { text, status, headers: { ...headers, 'idempotent-replayed': 'true' } }
  })
}
