import { conflictOn } from '../db/errors.ts'
import { sumOf } from '../db/sums.ts'
import type { Db, TenantsTable, Trx } from '../db/tables.ts'

export type TenantRow = Omit<TenantsTable, 'deleted_at'>

const TENANT_COLUMNS = ['id', 'name', 'tier', 'status', 'created_at'] as const

/** @throws AresError `conflict` when a living tenant has the name */
export async function insertTenant(trx: Trx, tenant: TenantRow): Promise<void> {
  try {
    await trx
      .insertInto('tenants')
      .values({ ...tenant, deleted_at: null })
      .execute()
  } catch (error) {
    conflictOn(error, 'A tenant with this name exists.')
  }
}

/** The living tenant of that id. */
export function findTenant(db: Db, id: string): Promise<TenantRow | undefined> {
  return livingTenants(db).select(TENANT_COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** All living tenants by creation, each with the number of its agents. */
export function listTenants(db: Db): Promise<(TenantRow & { agent_count: number })[]> {
  return livingTenants(db)
    .select(TENANT_COLUMNS)
    .select((eb) => [
      eb
        .selectFrom('agents')
        .select((count) => count.fn.countAll<number>().as('agents'))
        .whereRef('agents.tenant_id', '=', 'tenants.id')
        .where('agents.deleted_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('agent_count'),
    ])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export interface TenantCounts {
  agent_count: number
  api_key_count: number
  total_runs: number
  total_tokens: number
}

/** What a tenant has, as its lists show it, and what it has spent in its lifetime. */
export async function countTenant(db: Db, id: string): Promise<TenantCounts> {
  const agents = db
    .selectFrom('agents')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  const keys = db
    .selectFrom('api_keys')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant_id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow()
  const spent = db
    .selectFrom('tenant_months')
    .select([sumOf<number | null>('runs').as('runs'), sumOf<number | null>('tokens').as('tokens')])
    .where('tenant_id', '=', id)
    .executeTakeFirstOrThrow()
  // Together: one that is awaited after another has failed would have nobody to hear of its own failure.
  const [{ count: agent_count }, { count: api_key_count }, { runs, tokens }] = await Promise.all([
    agents,
    keys,
    spent,
  ])
  return { agent_count, api_key_count, total_runs: runs ?? 0, total_tokens: tokens ?? 0 }
}

/** Changes tier or status; undefined when there is no such living tenant. */
export function updateTenant(
  trx: Trx,
  id: string,
  change: { tier?: string; status?: string },
): Promise<TenantRow | undefined> {
  return trx
    .updateTable('tenants')
    .set(change)
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(TENANT_COLUMNS)
    .executeTakeFirst()
}

/** Marks the tenant as deleted, which frees its name; undefined when there is no such living tenant. */
export function markTenantDeleted(
  trx: Trx,
  id: string,
  now: string,
): Promise<TenantRow | undefined> {
  return trx
    .updateTable('tenants')
    .set({ deleted_at: now })
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .returning(TENANT_COLUMNS)
    .executeTakeFirst()
}

function livingTenants(db: Db) {
  return db.selectFrom('tenants').where('deleted_at', 'is', null)
}
