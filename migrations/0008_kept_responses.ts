import type { Kysely } from 'kysely'

/** Answers that their clients may refer to later, kept for as long as the contents of their runs. Portable. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('kept_responses')
    .addColumn('run_id', 'text', (column) => column.primaryKey().references('runs.id'))
    .addColumn('previous_id', 'text')
    .addColumn('input', 'text', (column) => column.notNull())
    .addColumn('response', 'text', (column) => column.notNull())
    .execute()
}
