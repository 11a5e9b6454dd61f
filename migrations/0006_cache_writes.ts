import type { Kysely } from 'kysely'

/** What a run wrote into its provider's cache. Of runs before it nobody knows. Portable. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('runs')
    .addColumn('cache_write_tokens', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute()
}
