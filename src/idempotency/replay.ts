import type { StatementReader } from '../db/statements.ts'
import { requireAgent, requireModel } from '../caller/require.ts'
import type { Replies, Asked } from '../http/replies.ts'
import { toJsonReply } from '../http/error-handler.ts'
import { type Claim, misused, underWay } from './claim.ts'
import { replyOf, type KeyRow, storedReply } from './store.ts'

/** What a run is answered with that the next start has settled, for nobody was left to answer; as `keepingReplySteps`. */
export type ReplyOfCutOff = (runId: string) => Promise<object>

export interface ReplayDeps {
  reads: StatementReader
  replies: Replies
  replyOfCutOff: ReplyOfCutOff
}

/** A request whose reply is known, and what that is held to before it is given again. */
export interface Replaying extends Asked {
  /** Refuses a reply that the caller could not get any more. @throws AresError */
  permit?: ((body: unknown) => Promise<void>) | undefined
}

/**
 * The reply of the request that took the key. Network and scope of the caller were checked at the front door; nothing
 * is spent again, so no quota or cap is asked.
 *
 * @throws AresError `conflict` while it is under way, `invalid` for another request; `not_found` and `forbidden` for an
 *   agent and a model that the caller's key may not use any more, as `permit`, and as `Replies.send`
 */
export async function replay(
  { reads, replies, replyOfCutOff }: ReplayDeps,
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
  return replies.send(asked, { bytes: answer_bytes ?? 0 }, async () => {
    const known =
      answer_bytes === null
        ? replyOf(claim, await replyOfCutOff(run_id!))
        : await storedReply(reads, claim)
    await asked.permit?.(known.body)
    const { text, status, headers } = toJsonReply(known)
    return { text, status, headers: { ...headers, 'idempotent-replayed': 'true' } }
  })
}
