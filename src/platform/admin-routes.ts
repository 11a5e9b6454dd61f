import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import { countOpenAlerts } from '../alerts/store.ts'
import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import type { Catalog, CatalogEntry } from '../providers/catalog.ts'
import { dayOf } from '../limits/period.ts'
import { totalPlatform } from './store.ts'

export interface PlatformDeps {
  db: Db
  clock: Clock
  catalog: Catalog
}

/** Source: Admin API, "Platform Stats". */
export const PlatformStats = Type.Object({
  total_tenants: Type.Integer(),
  total_agents: Type.Integer(),
  total_runs_today: Type.Integer({ description: 'runs and chats that started on this UTC day' }),
  total_tokens_today: Type.Integer(),
  active_alerts: Type.Integer(),
})

/** Source: Admin API, "List Available Models". */
export const ModelList = Type.Object({
  models: Type.Array(
    Type.Object({
      id: Type.String(),
      provider: Type.String(),
      context_length: Type.Integer(),
      supports_tools: Type.Boolean(),
      available: Type.Boolean({ description: 'false while the key of its provider is missing' }),
    }),
  ),
})

/** The platform as a whole, for operators. */
export function platformRoutes({ db, clock, catalog }: PlatformDeps): AnyElysia {
  return new Elysia({ name: 'platform' })
    .use(adminGuard)
    .get(
      '/stats',
      async () => {
        const totals = await totalPlatform(db, dayOf(toTimestamp(clock.now())))
        return {
          total_tenants: totals.tenants,
          total_agents: totals.agents,
          total_runs_today: totals.runsToday,
          total_tokens_today: totals.tokensToday,
          active_alerts: await countOpenAlerts(db),
        }
      },
      documented({
        summary: 'Platform stats',
        tags: ['Platform'],
        replies: { 200: PlatformStats },
        failures: [401],
      }),
    )
    .get(
      '/models',
      () => ({ models: catalog.list().map(toModel) }),
      documented({
        summary: 'List available models',
        description: 'All models of the enabled providers, in the order of the configuration.',
        tags: ['Platform'],
        replies: { 200: ModelList },
        failures: [401],
      }),
    )
}

function toModel({
  model,
  providerName,
  available,
}: CatalogEntry): Static<typeof ModelList>['models'][number] {
  return {
    id: model.id,
    provider: providerName,
    context_length: model.contextLength,
    supports_tools: model.supportsTools,
    available,
  }
}
