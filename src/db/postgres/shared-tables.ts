import { type Kysely, sql } from 'kysely'

/**
 * What only an engine that several nodes share needs: the buckets of rates, which a crash of the server may forget, for
 * a bucket that is missing is a full one.
 */
export async function createSharedTables(db: Kysely<unknown>): Promise<void> {
  await sql`
    create unlogged table if not exists rate_buckets (
      tenant_id text collate "C" primary key,
      per_minute bigint not null,
      level float8 not null,
      filled_ms bigint not null,
      allowed boolean not null
    )`.execute(db)
}
