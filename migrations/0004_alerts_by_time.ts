import type { Kysely } from 'kysely'

/**
 * The order in which alerts are listed. Runs get no index for their filters: each would be written with every run, and
 * the lists walk the order of ids instead. Portable: runs unchanged on SQLite and PostgreSQL.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('alerts_by_time').on('alerts').columns(['created_at', 'id']).execute()
}
