import { type Kysely, sql } from 'kysely'

/**
 * Numbers what operators, tenants and the server itself did, without a gap; what strangers did (`admin.auth_failed`)
 * has no number and may be dropped. `seq` stays the order of all. Portable: runs unchanged on SQLite and PostgreSQL.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('audit_log').addColumn('number', 'bigint').execute()
  await sql`
    update audit_log set number = numbered.number
    from (
      select seq, row_number() over (order by seq) as number
      from audit_log where action <> 'admin.auth_failed'
    ) as numbered
    where numbered.seq = audit_log.seq`.execute(db)
  await db.schema
    .createIndex('audit_log_by_number')
    .on('audit_log')
    .column('number')
    .unique()
    // With nulls in it, it would be taken to look for the oldest of them.
    .where(sql.ref('number'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('audit_log_unnumbered')
    .on('audit_log')
    .column('timestamp')
    .where(sql.ref('number'), 'is', null)
    .execute()
}
