import { sql } from 'kysely'
import type { Caller } from '../../../caller/caller.ts'
import { allowsAgent, allowsModel } from '../../../caller/powers.ts'
import type { Change } from '../../../db/change-batch.ts'
import { type Statement, statement, type StatementReader } from '../../../db/statements.ts'
import type { KeptResponse } from '../../../ledger/run-row.ts'

/** A kept response, apart from what was said in it. */
export interface KeptHead {
  run_id: string
  previous_id: string | null
  input_bytes: number
  response_bytes: number
  model: string
  /** Null when the model itself was asked. */
  agent_name: string | null
}

const keptHead = statement('kept_response_head', (db, p: { id: string; tenant_id: string }) =>
  db
    .selectFrom('kept_responses as k')
    .innerJoin('runs as r', 'r.id', 'k.run_id')
    .leftJoin('agents as a', 'a.id', 'r.agent_id')
    .select(['k.run_id', 'k.previous_id', 'r.model', 'a.name as agent_name'])
    .select([
      // Unlike `length`, this does not read a long text to measure it.
      sql<number>`octet_length(k.input)`.as('input_bytes'),
      sql<number>`octet_length(k.response)`.as('response_bytes'),
    ])
    .where('k.run_id', '=', p.id)
    .where('r.tenant_id', '=', p.tenant_id),
)

const keptTexts = statement('kept_response_texts', (db, p: { id: string }) =>
  db.selectFrom('kept_responses').select(['input', 'response']).where('run_id', '=', p.id),
)

const keptResponse = statement('kept_response_text', (db, p: { id: string }) =>
  db.selectFrom('kept_responses').select('response as text').where('run_id', '=', p.id),
)

const deleteKept = statement('delete_kept_response', (db, p: { id: string }) =>
  db.deleteFrom('kept_responses').where('run_id', '=', p.id),
)

/**
 * The kept response of a run; undefined for one that is not kept, is another tenant's, or is of an agent or a model that
 * the caller's key may not use.
 */
export async function findKept(
  reads: StatementReader,
  { tenantId, powers }: Caller,
  runId: string,
): Promise<KeptHead | undefined> {
  const head = await reads.get(keptHead, { id: runId, tenant_id: tenantId })
  if (!head || !allowsModel(powers, head.model)) return undefined
  return head.agent_name === null || allowsAgent(powers, head.agent_name) ? head : undefined
}

/** What was said in it, as JSON; undefined once it has been dropped. */
export function readKept(
  reads: StatementReader,
  runId: string,
): Promise<Pick<KeptResponse, 'input' | 'response'> | undefined> {
  return reads.get(keptTexts, { id: runId })
}

/** The response as it was answered, as the bytes of its JSON; undefined once it has been dropped. */
export async function readResponse(
  reads: StatementReader,
  runId: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  return (await reads.bytes(keptResponse, { id: runId })) ?? undefined
}

/** Forgets a response. The record of its run stays. */
export function forgetting(runId: string): Change {
  return { steps: [{ statement: deleteKept.name, params: { id: runId } }], additions: [] }
}

export const KEPT_RESPONSE_STATEMENTS: Statement[] = [deleteKept]
