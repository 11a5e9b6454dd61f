import type { AlertsTable, Db } from '../db/tables.ts'

/** How long a run took, in all and outside of the provider. */
export interface RunTimes {
  duration_ms: number
  overhead_ms: number
}

/** The times of the completed runs among the newest of all tenants. */
export async function newestTimes(db: Db, newest: number): Promise<RunTimes[]> {
  const rows = await db
    .selectFrom(
      db
        .selectFrom('runs')
        .select(['status', 'duration_ms', 'overhead_ms'])
        .orderBy('id', 'desc')
        .limit(newest)
        .as('r'),
    )
    .select(['duration_ms', 'overhead_ms'])
    .where('status', '=', 'completed')
    .execute()
  return rows.map(({ duration_ms, overhead_ms }) => ({
    duration_ms: duration_ms ?? 0,
    overhead_ms: overhead_ms ?? 0,
  }))
}

/** How many runs are under way, from their leases. */
export async function countRunning(db: Db): Promise<number> {
  const { running } = await db
    .selectFrom('runs')
    .select((eb) => eb.fn.countAll<number>().as('running'))
    .where('lease_until', 'is not', null)
    .executeTakeFirstOrThrow()
  return running
}

/** The open alerts about providers; `subject` is the provider's name. */
export function openProviderAlerts(db: Db): Promise<Pick<AlertsTable, 'id' | 'subject'>[]> {
  return db
    .selectFrom('alerts')
    .select(['id', 'subject'])
    .where('kind', '=', 'provider')
    .where('resolved_at', 'is', null)
    .execute()
}
