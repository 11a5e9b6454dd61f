import type { Clock } from '../clock.ts'
import type { Db } from '../db/tables.ts'
import type { Ledger } from './ledger.ts'
import type { Outcome, RunKind } from './ledger-changes.ts'
import { listUnsettledRuns, type UnsettledRow } from '../runs/store.ts'

/** The error of a run that a crash left open. */
export const INTERRUPTED = 'The server stopped before the run finished.'

/** Runs settled at a time, so that a crash under load does not read them all at once. */
const BATCH = 500

/**
 * Settles what a crash left open: this process owns the database, so whoever started these runs is dead.
 *
 * @returns how many runs were marked as failed
 */
export async function settleInterruptedRuns(db: Db, ledger: Ledger, clock: Clock): Promise<number> {
  let settled = 0
  while (true) {
    const rows = await listUnsettledRuns(db, BATCH)
    if (rows.length === 0) return settled
    await Promise.all(rows.map((row) => settleOne(row, ledger, clock)))
    settled += rows.length
  }
}

function settleOne(row: UnsettledRow, ledger: Ledger, clock: Clock): Promise<void> {
  const run = {
    id: row.id,
    tenantId: row.tenant_id,
    keyId: row.key_id,
    kind: row.kind as RunKind,
    agent: row.agent_id === null ? null : { id: row.agent_id, version: row.agent_version ?? 1 },
    model: row.model,
    provider: row.provider,
    startedAt: row.started_at,
  }
  return ledger.settleInterrupted(run, interrupted(row.started_at, clock))
}

function interrupted(startedAt: string, clock: Clock): Outcome {
  return {
    status: 'failed',
    input: null,
    output: null,
    error: INTERRUPTED,
    errorCode: 'interrupted',
    usage: { inputTokens: 0, outputTokens: 0, cachedTokens: 0, estimated: false },
    costMicroUsd: null,
    durationMs: Math.max(0, clock.now().getTime() - Date.parse(startedAt)),
    overheadMs: 0,
  }
}
