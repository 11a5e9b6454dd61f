import { type AnyElysia, Elysia } from 'elysia'
import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Db } from '../db/tables.ts'
import { documented } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { periodOf } from '../limits/period.ts'
import { toUsage, Usage } from './schema.ts'
import { findMonth, listDays } from './store.ts'

export interface UsageRouteDeps {
  db: Db
  reads: StatementReader
  clock: Clock
}

/** A tenant's own usage, mounted under /v1. Source: V1 Client API, "Get Usage Summary". */
export function usageRoutes({ db, reads, clock }: UsageRouteDeps): AnyElysia {
  return new Elysia({ name: 'usage' }).use(tenantGuard).get(
    '/usage',
    async ({ caller }) => {
      const period = periodOf(toTimestamp(clock.now()))
      const used = await findMonth(reads, caller.tenantId, period.month)
      const span = { firstDay: `${period.month}-01`, lastDay: period.end.slice(0, 10) }
      const days = await listDays(db, caller.tenantId, span)
      return toUsage({ period, used, limits: caller.limits }, days)
    },
    documented({
      summary: 'Get usage summary',
      description: 'The current UTC calendar month; days without use are left out.',
      tags: ['Usage'],
      replies: { 200: Usage },
      failures: [401, 403, 429],
    }),
  )
}
