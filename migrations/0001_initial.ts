import { type CreateTableBuilder, type Kysely, SqliteAdapter, sql } from 'kysely'

/** The first schema. Portable: runs unchanged on SQLite and PostgreSQL. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTenants(db)
  await createApiKeys(db)
  await createAgents(db)
  await createRuns(db)
  await createRollUps(db)
  await createAlerts(db)
  await createAuditLog(db)
  await db.schema
    .createTable('readiness')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('checked_at', 'text', (c) => c.notNull())
    .execute()
}

async function createTenants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tenants')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('tier', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute()
  await db.schema
    .createIndex('tenants_living_name')
    .unique()
    .on('tenants')
    .column('name')
    .where(sql.ref('deleted_at'), 'is', null)
    .execute()
}

async function createApiKeys(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('api_keys')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('prefix', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('scopes', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('last_used', 'text')
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema
    .createIndex('api_keys_by_tenant')
    .on('api_keys')
    .columns(['tenant_id', 'created_at', 'id'])
    .execute()
}

async function createAgents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('agents')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('tenant_id', 'text', (c) => c.notNull().references('tenants.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('agent_type', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('config', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute()
  await db.schema
    .createIndex('agents_living_name')
    .unique()
    .on('agents')
    .columns(['tenant_id', 'name'])
    .where(sql.ref('deleted_at'), 'is', null)
    .execute()
  await clustered(
    db,
    db.schema
      .createTable('agent_stats')
      .addColumn('agent_id', 'text', (c) => c.primaryKey().references('agents.id'))
      .addColumn('successful_runs', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('failed_runs', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('total_duration_ms', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('total_tokens', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('last_run', 'text'),
  ).execute()
}

async function createRuns(db: Kysely<unknown>): Promise<void> {
  await clustered(
    db,
    db.schema
      .createTable('runs')
      .addColumn('id', 'text', (c) => c.primaryKey())
      .addColumn('tenant_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('agent_id', 'text')
      .addColumn('agent_version', 'integer')
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('provider', 'text', (c) => c.notNull())
      .addColumn('started_at', 'text', (c) => c.notNull())
      .addColumn('duration_ms', 'bigint')
      .addColumn('overhead_ms', 'bigint')
      .addColumn('input_tokens', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('output_tokens', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('cached_tokens', 'bigint', (c) => c.notNull().defaultTo(0))
      .addColumn('tokens_estimated', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('cost_micro_usd', 'bigint')
      .addColumn('error_code', 'text')
      .addColumn('conversation_id', 'text')
      .addColumn('node_id', 'text', (c) => c.notNull())
      .addColumn('lease_until', 'text'),
  ).execute()
  await db.schema
    .createIndex('runs_by_agent')
    .on('runs')
    .columns(['agent_id', 'kind', 'id'])
    .where(sql.ref('agent_id'), 'is not', null)
    .execute()
  await db.schema
    .createIndex('runs_in_flight')
    .on('runs')
    .column('lease_until')
    .where(sql.ref('lease_until'), 'is not', null)
    .execute()
  await db.schema
    .createTable('run_contents')
    .addColumn('run_id', 'text', (c) => c.primaryKey().references('runs.id'))
    .addColumn('input', 'text')
    .addColumn('output', 'text')
    .addColumn('error', 'text')
    .execute()
}

async function createRollUps(db: Kysely<unknown>): Promise<void> {
  await clustered(
    db,
    db.schema
      .createTable('tenant_months')
      .addColumn('tenant_id', 'text', (c) => c.notNull())
      .addColumn('month', 'text', (c) => c.notNull())
      .addColumn('runs', 'bigint', (c) => c.notNull())
      .addColumn('tokens', 'bigint', (c) => c.notNull())
      .addColumn('runs_alerted', 'integer', (c) => c.notNull().defaultTo(0))
      .addColumn('tokens_alerted', 'integer', (c) => c.notNull().defaultTo(0))
      .addPrimaryKeyConstraint('tenant_months_key', ['tenant_id', 'month']),
  ).execute()
  await clustered(
    db,
    db.schema
      .createTable('key_months')
      .addColumn('key_id', 'text', (c) => c.notNull())
      .addColumn('month', 'text', (c) => c.notNull())
      .addColumn('runs', 'bigint', (c) => c.notNull())
      .addColumn('tokens', 'bigint', (c) => c.notNull())
      .addColumn('cost_micro_usd', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('key_months_key', ['key_id', 'month']),
  ).execute()
  await clustered(
    db,
    db.schema
      .createTable('usage_daily')
      .addColumn('tenant_id', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('model', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('runs', 'bigint', (c) => c.notNull())
      .addColumn('failed_runs', 'bigint', (c) => c.notNull())
      .addColumn('input_tokens', 'bigint', (c) => c.notNull())
      .addColumn('output_tokens', 'bigint', (c) => c.notNull())
      .addColumn('cached_tokens', 'bigint', (c) => c.notNull())
      .addColumn('cost_micro_usd', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('usage_daily_key', ['tenant_id', 'day', 'model', 'kind']),
  ).execute()
  await db.schema.createIndex('usage_daily_by_day').on('usage_daily').column('day').execute()
  await clustered(
    db,
    db.schema
      .createTable('api_calls_daily')
      .addColumn('tenant_id', 'text', (c) => c.notNull())
      .addColumn('day', 'text', (c) => c.notNull())
      .addColumn('calls', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('api_calls_daily_key', ['tenant_id', 'day']),
  ).execute()
}

async function createAlerts(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('alerts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('severity', 'text', (c) => c.notNull())
    .addColumn('message', 'text', (c) => c.notNull())
    .addColumn('tenant_id', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('threshold', 'integer')
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('resolved_at', 'text')
    .execute()
  await db.schema
    .createIndex('alerts_open')
    .on('alerts')
    .columns(['kind', 'subject'])
    .where(sql.ref('resolved_at'), 'is', null)
    .execute()
}

async function createAuditLog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_log')
    .addColumn('seq', 'bigint', (c) => c.primaryKey())
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('details', 'text', (c) => c.notNull())
    .addColumn('timestamp', 'text', (c) => c.notNull())
    .addColumn('hash', 'text')
    .execute()
}

/** Keeps the rows in the order of their key: one tree instead of two. PostgreSQL has no such tables and needs none. */
function clustered<T extends string, C extends string>(
  db: Kysely<unknown>,
  table: CreateTableBuilder<T, C>,
): CreateTableBuilder<T, C> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  return isSqlite ? table.modifyEnd(sql`without rowid`) : table
}
