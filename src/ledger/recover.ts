import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Writer } from '../db/writer-contract.ts'
import type { Db } from '../db/tables.ts'
import type { Ledger } from './ledger.ts'
import { type OpenRun, RESERVED, type SettledRun, UNDER_WAY } from './run-row.ts'

/** The error of a run that a crash left open. */
export const INTERRUPTED = 'The server stopped before the run finished.'

/** Runs settled at a time, so that a crash under load does not read them all at once. */
const BATCH = 500

export interface RecoveryDeps {
  db: Db
  writer: Writer
  ledger: Ledger
  clock: Clock
}

/**
 * Settles the runs whose owners are dead: their leases have lapsed.
 *
 * @returns how many runs were marked as failed
 */
export async function settleOrphans({ db, ledger, clock }: RecoveryDeps): Promise<number> {
  const now = clock.now()
  let settled = 0
  while (true) {
    const orphans = await listOrphans(db, toTimestamp(now), BATCH)
    if (orphans.length === 0) return settled
    await Promise.all(
      orphans.map((run) =>
        ledger.settleOrphan(interrupted(run, now), {
          input: null,
          output: null,
          error: INTERRUPTED,
        }),
      ),
    )
    settled += orphans.length
  }
}

/** Ends every lease: for the one process that owns the whole database, whose predecessors are all dead. */
export async function lapseLeases({ writer, clock }: RecoveryDeps): Promise<void> {
  const now = toTimestamp(clock.now())
  await writer.transaction((trx) =>
    trx
      .updateTable('runs')
      .set({ lease_until: now })
      .where('lease_until', '>', now)
      .executeTakeFirst(),
  )
}

/** Runs under way whose lease has lapsed, found by it whatever the number of finished ones. */
export function listOrphans(db: Db, now: string, limit: number): Promise<OpenRun[]> {
  return db
    .selectFrom('runs')
    .select(RESERVED)
    .where('lease_until', '<=', now)
    .orderBy('lease_until')
    .limit(limit)
    .execute()
}

function interrupted(run: OpenRun, now: Date): SettledRun {
  return {
    ...run,
    ...UNDER_WAY,
    status: 'failed',
    duration_ms: Math.max(0, now.getTime() - Date.parse(run.started_at)),
    overhead_ms: 0,
    cost_micro_usd: null,
    error_code: 'interrupted',
    lease_until: null,
  }
}
