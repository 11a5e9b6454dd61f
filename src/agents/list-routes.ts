import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Db } from '../db/tables.ts'
import { documented, PAGING, type QueryParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { shortText } from '../http/query-cursor.ts'
import { pageOf, queryChoice, queryOf } from '../http/query.ts'
import { PlatformAgentList, toAdminAgentItem } from './schema.ts'
import { AGENT_SORTS, type AgentQuestion, searchAgents, type TenantAgent } from './search-agents.ts'

export const AgentPage = Type.Object({
  ...PlatformAgentList.properties,
  total: Type.Integer({ description: 'of those that match' }),
  page: Type.Integer(),
  per_page: Type.Integer(),
})

const ORDERS = ['asc', 'desc'] as const

const FILTERS: QueryParameter[] = [
  {
    name: 'q',
    description: 'a part of the name of the agent or of its tenant, whatever the case',
    schema: Type.String({ minLength: 1, maxLength: 200 }),
  },
  {
    name: 'sort',
    description: 'by default by tenant; equals by the names of tenant and agent',
    schema: choice(AGENT_SORTS),
  },
  {
    name: 'order',
    description: 'by default from a to z, and runs from high to low',
    schema: choice(ORDERS),
  },
]

/** The agents of all tenants by the page, for operators who have many. */
export function agentListRoutes({ db }: { db: Db }): AnyElysia {
  return new Elysia({ name: 'agent-list' }).use(adminGuard).get(
    '/agent-list',
    async ({ request }) => {
      const { page, perPage, window } = pageOf(request)
      const { agents, total } = await searchAgents(db, { ...questionOf(request), window })
      return { agents: agents.map(toItem), total, page, per_page: perPage }
    },
    documented({
      summary: 'Search agents',
      description: 'A page of the agents that match, with what became of their runs.',
      tags: ['Agents'],
      query: [...FILTERS, ...PAGING],
      replies: { 200: AgentPage },
      failures: [401, 422],
    }),
  )
}

function questionOf(request: Request): Omit<AgentQuestion, 'window'> {
  const query = queryOf(request)
  const sort = queryChoice(query, 'sort', AGENT_SORTS) ?? 'tenant'
  return {
    text: shortText(query, 'q'),
    sort,
    order: queryChoice(query, 'order', ORDERS) ?? (sort === 'total_runs' ? 'desc' : 'asc'),
  }
}

function choice(values: readonly string[]) {
  return Type.Union(values.map((value) => Type.Literal(value)))
}

function toItem(agent: TenantAgent): Static<typeof AgentPage>['agents'][number] {
  return {
    ...toAdminAgentItem(agent),
    tenant_id: agent.tenantId,
    tenant_name: agent.tenantName,
  }
}
