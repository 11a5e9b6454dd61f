import { type Kysely, sql } from 'kysely'

/** What a key may be limited to, and which keys count their spending together. Portable: runs unchanged on SQLite and PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['allowed_agents', 'allowed_models', 'allowed_networks']) {
    await db.schema.alterTable('api_keys').addColumn(column, 'text').execute()
  }
  for (const column of ['runs_per_month', 'tokens_per_month']) {
    await db.schema.alterTable('api_keys').addColumn(column, 'bigint').execute()
  }
  await db.schema.alterTable('api_keys').addColumn('family_id', 'text').execute()
  await db.schema.alterTable('api_keys').addColumn('replaced_by', 'text').execute()
  await sql`update api_keys set family_id = id`.execute(db)
  await db.schema.createIndex('api_keys_by_family').on('api_keys').column('family_id').execute()
}
