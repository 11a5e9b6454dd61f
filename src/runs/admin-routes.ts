import { type AnyElysia, Elysia } from 'elysia'
import { findAgent } from '../agents/store.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Replies } from '../http/replies.ts'
import type { Db } from '../db/tables.ts'
import { found } from '../errors.ts'
import { documented, limitParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { idPart, namePart } from '../http/path-parts.ts'
import { limitOf } from '../http/query.ts'
import { findTenant } from '../tenants/store.ts'
import { AdminRunList, toAdminRun } from './schema.ts'
import { listRuns } from './store.ts'

export interface RunHistoryAdminDeps {
  db: Db
  reads: StatementReader
  replies: Replies
}

/** The history of any tenant's agent, for operators. Source: Admin API, "Agent Run History". */
export function runHistoryAdminRoutes({ db, reads, replies }: RunHistoryAdminDeps): AnyElysia {
  return new Elysia({ name: 'run-history-admin' }).use(adminGuard).get(
    '/tenants/:id/agents/:name/runs',
    async ({ admission, params, request }) => {
      const limit = limitOf(request, 50)
      const tenant = found(await findTenant(db, idPart(params.id, 'tenant')), 'tenant')
      const name = namePart(params.name, 'agent')
      const agent = found(await findAgent(reads, tenant.id, name), 'agent')
      const runs = await listRuns(reads, agent.id, { limit, offset: 0 })
      return replies.sendRows({ request, admission }, runs.length, () => ({
        runs: runs.map(toAdminRun),
      }))
    },
    documented({
      summary: 'Agent run history',
      tags: ['Agents'],
      query: [limitParameter(50)],
      replies: { 200: AdminRunList },
      failures: [401, 404, 422, 429],
    }),
  )
}
