import { type AnyElysia, Elysia } from 'elysia'
import { requireAgent } from '../caller/require.ts'
import type { StatementReader } from '../db/statements.ts'
import type { Db } from '../db/tables.ts'
import { documented, PAGING } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { found } from '../errors.ts'
import { namePart } from '../http/path-parts.ts'
import { pageOf } from '../http/query.ts'
import { pageAgents } from './agent-list-store.ts'
import { AgentDetail, AgentList, toAgentDetail, toAgentListItem } from './schema.ts'
import { findAgent } from './store.ts'

export interface AgentRouteDeps {
  db: Db
  reads: StatementReader
}

const tags: [string] = ['Agents']

/** A tenant's agents, mounted under /v1. Source: V1 Client API, "Agents". */
export function agentRoutes({ db, reads }: AgentRouteDeps): AnyElysia {
  return new Elysia({ name: 'agents' })
    .use(tenantGuard)
    .get(
      '/agents',
      async ({ caller, request }) => {
        const { page, perPage, window } = pageOf(request)
        const { powers, tenantId } = caller
        const names = powers?.allowedAgents ?? null
        const { agents, total } = await pageAgents(db, tenantId, window, names)
        return { agents: agents.map(toAgentListItem), total, page, per_page: perPage }
      },
      documented({
        summary: 'List agents',
        tags,
        query: PAGING,
        replies: { 200: AgentList },
        failures: [401, 403, 422, 429],
      }),
    )
    .get(
      '/agents/:name',
      async ({ caller, params }) => {
        const name = namePart(params.name, 'agent')
        requireAgent(caller.powers, name)
        return toAgentDetail(found(await findAgent(reads, caller.tenantId, name), 'agent'))
      },
      documented({
        summary: 'Get agent details',
        tags,
        replies: { 200: AgentDetail },
        failures: [401, 403, 404, 429],
      }),
    )
}
