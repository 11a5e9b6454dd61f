import { Type, type Static } from '@sinclair/typebox'
import { toWireTime } from '../db/columns.ts'
import { NAME_PATTERN } from '../names.ts'
import { AgentConfigBody, AgentConfigChange } from './config.ts'
import type { ListedAgent } from './agent-list-store.ts'
import type { Agent, AgentIdentity, AgentStats } from './store.ts'
import { nullable } from '../http/nullable.ts'

const AgentName = Type.String({
  pattern: NAME_PATTERN,
  description: '1 to 63 lowercase letters, digits and single hyphens between them',
})
const AgentType = Type.String({
  pattern: '^(?=.{1,63}$)[A-Za-z0-9]+([._-][A-Za-z0-9]+)*$',
  description: '1 to 63 letters, digits and single dots, hyphens or underscores between them',
})
const AgentStatus = Type.Union([Type.Literal('active'), Type.Literal('paused')])

/** Source: Admin API, "Create Tenant Agent". */
export const CreateAgent = Type.Object(
  {
    name: AgentName,
    agent_type: AgentType,
    status: Type.Optional(AgentStatus),
    config: AgentConfigBody,
  },
  { additionalProperties: false },
)
export type CreateAgent = Static<typeof CreateAgent>

/** Source: Admin API, "Update Tenant Agent". */
export const UpdateAgent = Type.Object(
  {
    name: Type.Optional(AgentName),
    agent_type: Type.Optional(AgentType),
    status: Type.Optional(AgentStatus),
    config: Type.Optional(AgentConfigChange),
  },
  { additionalProperties: false },
)
export type UpdateAgent = Static<typeof UpdateAgent>

const shared = {
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  agent_type: Type.String(),
  status: AgentStatus,
}
const statistics = {
  created_at: Type.String(),
  last_run: nullable(Type.String()),
  total_runs: Type.Integer({ description: 'finished runs of the agent' }),
  success_rate: nullable(
    Type.Number({ description: 'three decimals; null without finished runs' }),
  ),
}

/** Source: V1 Client API, "List Agents". */
export const AgentList = Type.Object({
  agents: Type.Array(
    Type.Object({
      ...shared,
      config: Type.Object({ model: Type.String(), tools: Type.Array(Type.String()) }),
      ...statistics,
    }),
  ),
  total: Type.Integer(),
  page: Type.Integer(),
  per_page: Type.Integer(),
})

/** Source: V1 Client API, "Get Agent Details". */
export const AgentDetail = Type.Object({ ...shared, config: AgentConfigBody, ...statistics })

/** What operators get on create, update and read. Source: contract 4.7. */
export const AdminAgentDetail = Type.Object({
  ...AgentDetail.properties,
  tenant_id: Type.String({ format: 'uuid' }),
})

const AdminAgentItem = Type.Object({
  ...shared,
  model: Type.String(),
  total_runs: statistics.total_runs,
  success_rate: statistics.success_rate,
})

/** Source: Admin API, "List Tenant Agents". */
export const AdminAgentList = Type.Object({ agents: Type.Array(AdminAgentItem) })

/** Source: Admin API, "Cross-Tenant Agent List"; contract 4.7. */
export const PlatformAgentList = Type.Object({
  agents: Type.Array(
    Type.Object({
      ...AdminAgentItem.properties,
      tenant_id: Type.String({ format: 'uuid' }),
      tenant_name: Type.String(),
    }),
  ),
})

/** Source: Admin API, "Agent Stats". */
export const AgentStatsReply = Type.Object({
  agent_name: Type.String(),
  total_runs: Type.Integer(),
  successful_runs: Type.Integer(),
  failed_runs: Type.Integer(),
  success_rate: nullable(Type.Number()),
  avg_duration_ms: nullable(Type.Integer()),
  avg_tokens: nullable(Type.Integer()),
  last_run: nullable(Type.String()),
})

export function toAgentListItem(agent: ListedAgent): Static<typeof AgentList>['agents'][number] {
  const { model, tools } = agent
  return { ...identity(agent), config: { model, tools }, ...statisticsOf(agent) }
}

export function toAgentDetail(agent: Agent): Static<typeof AgentDetail> {
  return { ...identity(agent), config: agent.config, ...statisticsOf(agent) }
}

export function toAdminAgentDetail(agent: Agent): Static<typeof AdminAgentDetail> {
  return { ...toAgentDetail(agent), tenant_id: agent.tenantId }
}

export function toAdminAgentItem(agent: ListedAgent): Static<typeof AdminAgentItem> {
  return {
    ...identity(agent),
    model: agent.model,
    total_runs: finishedRuns(agent),
    success_rate: successRate(agent),
  }
}

export function toAgentStats(agent: Agent): Static<typeof AgentStatsReply> {
  const { stats } = agent
  return {
    agent_name: agent.name,
    total_runs: finishedRuns(agent),
    successful_runs: stats.successfulRuns,
    failed_runs: stats.failedRuns,
    success_rate: successRate(agent),
    avg_duration_ms: average(agent, stats.totalDurationMs),
    avg_tokens: average(agent, stats.totalTokens),
    last_run: toWireTime(stats.lastRun),
  }
}

function identity({ id, name, agentType, status }: AgentIdentity) {
  return { id, name, agent_type: agentType, status }
}

function statisticsOf(agent: Counted & Pick<AgentIdentity, 'createdAt'>) {
  return {
    created_at: toWireTime(agent.createdAt),
    last_run: toWireTime(agent.stats.lastRun),
    total_runs: finishedRuns(agent),
    success_rate: successRate(agent),
  }
}

type Counted = { stats: AgentStats }

function finishedRuns({ stats }: Counted): number {
  return stats.successfulRuns + stats.failedRuns
}

function successRate(agent: Counted): number | null {
  const finished = finishedRuns(agent)
  return finished === 0 ? null : Math.round((agent.stats.successfulRuns / finished) * 1000) / 1000
}

function average(agent: Counted, sum: number): number | null {
  const finished = finishedRuns(agent)
  return finished === 0 ? null : Math.round(sum / finished)
}
