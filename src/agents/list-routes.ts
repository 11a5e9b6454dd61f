import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Db } from '../db/tables.ts'
import { documented, PAGING, type QueryParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { shortText } from '../http/query-cursor.ts'
import { pageOf, queryOf } from '../http/query.ts'
import { PlatformAgentList, toAdminAgentItem } from './schema.ts'
import { searchAgents, type TenantAgent } from './search-agents.ts'

export const AgentPage = Type.Object({
  ...PlatformAgentList.properties,
  total: Type.Integer({ description: 'of those that match' }),
  page: Type.Integer(),
  per_page: Type.Integer(),
})

const FILTERS: QueryParameter[] = [
  {
    name: 'q',
    description: 'a part of the name of the agent or of its tenant, whatever the case',
    schema: Type.String({ minLength: 1, maxLength: 200 }),
  },
]

/** The agents of all tenants by the page, for operators who have many. */
export function agentListRoutes({ db }: { db: Db }): AnyElysia {
  return new Elysia({ name: 'agent-list' }).use(adminGuard).get(
    '/agent-list',
    async ({ request }) => {
      const { page, perPage, window } = pageOf(request)
      const text = shortText(queryOf(request), 'q')
      const { agents, total } = await searchAgents(db, { text, window })
      return { agents: agents.map(toItem), total, page, per_page: perPage }
    },
    documented({
      summary: 'Search agents',
      description: 'A page of the agents that match, by the names of tenants and agents.',
      tags: ['Agents'],
      query: [...FILTERS, ...PAGING],
      replies: { 200: AgentPage },
      failures: [401, 422],
    }),
  )
}

function toItem(agent: TenantAgent): Static<typeof AgentPage>['agents'][number] {
  return {
    ...toAdminAgentItem(agent),
    tenant_id: agent.tenantId,
    tenant_name: agent.tenantName,
  }
}
