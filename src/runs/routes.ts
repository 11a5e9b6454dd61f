import { type AnyElysia, Elysia } from 'elysia'
import { findProfile } from '../agents/store.ts'
import { requireAgent } from '../caller/require.ts'
import type { StatementReader } from '../db/statements.ts'
import { found } from '../errors.ts'
import { documented, PAGING } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { namePart } from '../http/path-parts.ts'
import { pageOf } from '../http/query.ts'
import { RunList, toRun } from './schema.ts'
import { countRuns, listRuns } from './store.ts'

/** The history of a tenant's agent, mounted under /v1. Source: V1 Client API, "List Agent Runs". */
export function runHistoryRoutes({ reads }: { reads: StatementReader }): AnyElysia {
  return new Elysia({ name: 'run-history' }).use(tenantGuard).get(
    '/agents/:name/runs',
    async ({ caller, params, request }) => {
      const { page, perPage, window } = pageOf(request)
      const name = namePart(params.name, 'agent')
      requireAgent(caller.powers, name)
      const agent = found(await findProfile(reads, caller.tenantId, name), 'agent')
      const total = await countRuns(reads, agent.id)
      const runs = (await listRuns(reads, agent.id, window)).map(toRun)
      return { runs, total, page, per_page: perPage }
    },
    documented({
      summary: 'List agent runs',
      description:
        'Newest first. The `input` of a run under way or interrupted is null. With `content_expired`, input and output were dropped by retention, and `error` says what is still known.',
      tags: ['Runs'],
      query: PAGING,
      replies: { 200: RunList },
      failures: [401, 403, 404, 422, 429],
    }),
  )
}
