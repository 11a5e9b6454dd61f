import { Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Clock } from '../clock.ts'
import type { Config, Tier } from '../config/config.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { documented, PAGING, type QueryParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { shortText } from '../http/query-cursor.ts'
import { pageOf, queryChoice, queryOf } from '../http/query.ts'
import { monthOf } from '../limits/period.ts'
import { TierField } from './schema.ts'
import { pageTenants, TENANT_SORTS, type TenantQuestion } from './tenant-list-store.ts'
import { TenantPage, toTenantItem } from './tenant-list.ts'

export interface TenantListDeps {
  db: Db
  clock: Clock
  config: Pick<Config, 'tiers'>
}

const TIERS: readonly Tier[] = ['free', 'dev', 'pro', 'enterprise']
const STATUSES = ['active', 'suspended'] as const
const ORDERS = ['asc', 'desc'] as const

/** Tenants by the page, for operators who have many. */
export function tenantListRoutes({ db, clock, config }: TenantListDeps): AnyElysia {
  return new Elysia({ name: 'tenant-list' }).use(adminGuard).get(
    '/tenant-list',
    async ({ request }) => {
      const { page, perPage, window } = pageOf(request)
      const month = monthOf(toTimestamp(clock.now()))
      const { tenants, total } = await pageTenants(db, { ...questionOf(request), month, window })
      const items = tenants.map((tenant) => toTenantItem(tenant, config.tiers))
      return { tenants: items, total, page, per_page: perPage }
    },
    documented({
      summary: 'Search tenants',
      description:
        'A page of the tenants that match, with what they have and have used this month.',
      tags: ['Tenants'],
      query: [...FILTERS, ...PAGING],
      replies: { 200: TenantPage },
      failures: [401, 422],
    }),
  )
}

function questionOf(request: Request): Omit<TenantQuestion, 'month' | 'window'> {
  const query = queryOf(request)
  const sort = queryChoice(query, 'sort', TENANT_SORTS) ?? 'name'
  return {
    text: shortText(query, 'q'),
    status: queryChoice(query, 'status', STATUSES),
    tier: queryChoice(query, 'tier', TIERS),
    sort,
    order: queryChoice(query, 'order', ORDERS) ?? (sort === 'name' ? 'asc' : 'desc'),
  }
}

const FILTERS: QueryParameter[] = [
  {
    name: 'q',
    description: 'a part of the name, whatever the case',
    schema: Type.String({ minLength: 1, maxLength: 200 }),
  },
  { name: 'status', description: 'only of this status', schema: choice(STATUSES) },
  { name: 'tier', description: 'only of this tier', schema: TierField },
  { name: 'sort', description: 'by default by name', schema: choice(TENANT_SORTS) },
  {
    name: 'order',
    description: 'by default names from a to z, anything else from high to low',
    schema: choice(ORDERS),
  },
]

function choice(values: readonly string[]) {
  return Type.Union(values.map((value) => Type.Literal(value)))
}
