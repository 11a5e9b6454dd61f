import type { Change, Step } from '../db/change-batch.ts'
import type { Stamp } from '../db/changes.ts'
import { type Statement, statement, type StatementReader } from '../db/statements.ts'

/*
 * Entries of what strangers did. They stand in the order of the log but have no number in it, so that they can be
 * dropped without a gap in the numbering of what operators and tenants did.
 */

/** Entries that one step may drop. */
const MAX_DROPPED = 100

const recordAuthFailures = statement(
  'record_auth_failures',
  (db, p: { id: string; details: string; timestamp: string }) =>
    db
      .insertInto('audit_log')
      .columns(['seq', 'id', 'action', 'actor', 'details', 'timestamp'])
      .expression(
        db
          .selectFrom('audit_log')
          .select((eb) => [
            eb(eb.fn.coalesce(eb.fn.max<number>('seq'), eb.lit(0)), '+', eb.lit(1)).as('seq'),
            eb.val(p.id).as('id'),
            eb.val('admin.auth_failed').as('action'),
            eb.val('system').as('actor'),
            eb.val(p.details).as('details'),
            eb.val(p.timestamp).as('timestamp'),
          ]),
      ),
)

const oldestAuthFailures = statement('oldest_auth_failures', (db, p: { before: string }) =>
  db
    .selectFrom('audit_log')
    .select('timestamp')
    .where('number', 'is', null)
    .where('timestamp', '<', p.before)
    .orderBy('timestamp')
    .limit(MAX_DROPPED),
)

const deleteAuthFailures = statement('delete_auth_failures', (db, p: { last: string }) =>
  db.deleteFrom('audit_log').where('number', 'is', null).where('timestamp', '<=', p.last),
)

/** Failures as an entry tells of them. */
export interface RecordedFailures {
  count: number
  /** Those with the most failures first. */
  sources: { from: string; count: number }[]
  elsewhere: number
}

/** Writes one entry. Of one source it says `address` and `count`; of several it also names them, and `address` is the busiest. */
export function recordingAuthFailures(
  { newId, now }: Stamp,
  { count, sources, elsewhere }: RecordedFailures,
): Step {
  const details = {
    address: sources[0]?.from,
    count,
    ...(sources.length > 1 && {
      sources: sources.map((source) => ({ address: source.from, count: source.count })),
    }),
    ...(elsewhere > 0 && { elsewhere }),
  }
  return {
    statement: recordAuthFailures.name,
    params: { id: newId(), details: JSON.stringify(details), timestamp: now },
  }
}

/** The times of the oldest entries before this one, oldest first: as many as one step may drop. */
export async function listOldestAuthFailures(
  reads: StatementReader,
  before: string,
): Promise<string[]> {
  const rows = await reads.all(oldestAuthFailures, { before })
  return rows.map(({ timestamp }) => timestamp)
}

/** Drops every entry of strangers up to and with that time, and no other. */
export function droppingAuthFailures(last: string): Change {
  return { steps: [{ statement: deleteAuthFailures.name, params: { last } }], additions: [] }
}

export const AUTH_FAILURE_STATEMENTS: Statement[] = [recordAuthFailures, deleteAuthFailures]
