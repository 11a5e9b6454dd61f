import { Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Config, Tier } from '../config/config.ts'
import { toTimestamp } from '../db/columns.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { found } from '../errors.ts'
import { idPart } from '../http/path-parts.ts'
import { queryInteger, queryOf } from '../http/query.ts'
import { findTenant } from '../tenants/store.ts'
import { dayOf, firstDayOf, periodOf } from '../limits/period.ts'
import type { UsageRouteDeps } from '../usage/routes.ts'
import { DailyUsage, TenantUsage, toDailyUsage, toTenantUsage } from '../usage/schema.ts'
import { findMonth, listDays } from '../usage/store.ts'

export interface TenantUsageDeps extends UsageRouteDeps {
  config: Pick<Config, 'tiers'>
}

const tags: [string] = ['Usage']

/** Any tenant's usage, for operators. Source: Admin API, "Usage and Analytics". */
export function tenantUsageRoutes({ db, reads, clock, config }: TenantUsageDeps): AnyElysia {
  return new Elysia({ name: 'tenant-usage' })
    .use(adminGuard)
    .get(
      '/tenants/:id/usage',
      async ({ params }) => {
        const tenant = found(await findTenant(db, idPart(params.id, 'tenant')), 'tenant')
        const period = periodOf(toTimestamp(clock.now()))
        const used = await findMonth(reads, tenant.id, period.month)
        return toTenantUsage(tenant, { period, used, limits: config.tiers[tenant.tier as Tier] })
      },
      documented({
        summary: 'Tenant usage summary',
        tags,
        replies: { 200: TenantUsage },
        failures: [401, 404],
      }),
    )
    .get(
      '/tenants/:id/usage/daily',
      async ({ params, request }) => {
        const range = { min: 1, max: 366, fallback: 30 }
        const days = queryInteger(queryOf(request), 'days', range)
        const tenant = found(await findTenant(db, idPart(params.id, 'tenant')), 'tenant')
        const now = toTimestamp(clock.now())
        const span = { firstDay: firstDayOf(now, days), lastDay: dayOf(now) }
        return toDailyUsage(await listDays(db, tenant.id, span))
      },
      documented({
        summary: 'Daily usage breakdown',
        description: 'Newest day first; days without use are left out.',
        tags,
        query: [
          {
            name: 'days',
            description: 'how many days back, counting today',
            schema: Type.Integer({ minimum: 1, maximum: 366, default: 30 }),
          },
        ],
        replies: { 200: DailyUsage },
        failures: [401, 404, 422],
      }),
    )
}
