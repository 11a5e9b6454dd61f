import { sql } from 'kysely'
import type { Tier } from '../config/config.ts'
import { contains } from '../db/like.ts'
import type { Db } from '../db/tables.ts'
import type { TenantRow } from './store.ts'

export const TENANT_SORTS = ['name', 'created_at', 'runs_month', 'tokens_month'] as const

/** Which living tenants, in which order; null is all. */
export interface TenantQuestion {
  /** Part of the name. */
  text: string | null
  status: 'active' | 'suspended' | null
  tier: Tier | null
  sort: (typeof TENANT_SORTS)[number]
  order: 'asc' | 'desc'
  /** What is counted as the month’s use. */
  month: string
  window: { limit: number; offset: number }
}

/** A tenant with what it has and has used. */
export interface UsedTenant extends TenantRow {
  agents: number
  keys: number
  runs_month: number
  tokens_month: number
}

/** How many match, and the page asked for. */
export async function pageTenants(
  db: Db,
  question: TenantQuestion,
): Promise<{ tenants: UsedTenant[]; total: number }> {
  const { total } = await matching(db, question)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const { sort, order, window } = question
  const tenants = await matching(db, question)
    .select(['t.id', 't.name', 't.tier', 't.status', 't.created_at'])
    .select((eb) => [
      eb.fn.coalesce('m.runs', eb.lit(0)).as('runs_month'),
      eb.fn.coalesce('m.tokens', eb.lit(0)).as('tokens_month'),
      eb
        .selectFrom('agents')
        .select((count) => count.fn.countAll<number>().as('agents'))
        .whereRef('agents.tenant_id', '=', 't.id')
        .where('agents.deleted_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('agents'),
      eb
        .selectFrom('api_keys')
        .select((count) => count.fn.countAll<number>().as('keys'))
        .whereRef('api_keys.tenant_id', '=', 't.id')
        .where('api_keys.revoked_at', 'is', null)
        .$asScalar()
        .$notNull()
        .as('keys'),
    ])
    .orderBy(SORTED_BY[sort], order)
    // Of equals in the order of their names, whichever way the rest goes.
    .orderBy('t.name')
    .limit(window.limit)
    .offset(window.offset)
    .execute()
  return { tenants, total }
}

const SORTED_BY = {
  name: sql`t.name`,
  created_at: sql`t.created_at`,
  runs_month: sql`coalesce(m.runs, 0)`,
  tokens_month: sql`coalesce(m.tokens, 0)`,
}

function matching(db: Db, { text, status, tier, month }: TenantQuestion) {
  let query = db
    .selectFrom('tenants as t')
    .leftJoin('tenant_months as m', (join) =>
      join.onRef('m.tenant_id', '=', 't.id').on('m.month', '=', month),
    )
    .where('t.deleted_at', 'is', null)
  if (text !== null) query = query.where(contains('t.name', text))
  if (status !== null) query = query.where('t.status', '=', status)
  if (tier !== null) query = query.where('t.tier', '=', tier)
  return query
}
