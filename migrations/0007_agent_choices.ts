import { type Kysely, sql } from 'kysely'

/**
 * What lists show of an agent's configuration, beside it: a configuration may be long, and is read only where it is
 * needed. Portable: runs unchanged on SQLite and PostgreSQL.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [column, nothing] of Object.entries({ model: '', tools: '[]' })) {
    await db.schema
      .alterTable('agents')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(nothing))
      .execute()
  }
  const { rows } = await sql<{ id: string }>`select id from agents`.execute(db)
  for (const { id } of rows) await fill(db, id)
}

/** One at a time, so that never two configurations are held. */
async function fill(db: Kysely<unknown>, id: string): Promise<void> {
  const { rows } = await sql<{ config: string }>`
    select config from agents where id = ${id}`.execute(db)
  const { model, tools = [] } = JSON.parse(rows[0]!.config) as { model: string; tools?: string[] }
  await sql`
    update agents set model = ${model}, tools = ${JSON.stringify(tools)}
    where id = ${id}`.execute(db)
}
