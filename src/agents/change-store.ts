import type { AgentConfig } from '../config/config.ts'
import { conflictOn } from '../db/errors.ts'
import type { AgentStatsTable, AgentsTable, Trx } from '../db/tables.ts'
import type { Agent, AgentStatus } from './store.ts'

export interface NewAgent {
  id: string
  tenantId: string
  name: string
  agentType: string
  status: AgentStatus
  config: AgentConfig
  now: string
}

/** @throws AresError `conflict` when a living agent of the tenant has the name */
export async function insertAgent(trx: Trx, agent: NewAgent): Promise<void> {
  try {
    await trx
      .insertInto('agents')
      .values({
        id: agent.id,
        tenant_id: agent.tenantId,
        name: agent.name,
        agent_type: agent.agentType,
        status: agent.status,
        ...configColumns(agent.config),
        version: 1,
        created_at: agent.now,
        updated_at: agent.now,
        deleted_at: null,
      })
      .execute()
  } catch (error) {
    conflictOn(error, 'An agent with this name exists.')
  }
  await trx.insertInto('agent_stats').values(noStats(agent.id)).execute()
}

/** A configuration as it is stored, and beside it what lists show of it. */
function configColumns(config: AgentConfig): Pick<AgentsTable, 'config' | 'model' | 'tools'> {
  const { model, tools = [] } = config
  return { config: JSON.stringify(config), model, tools: JSON.stringify(tools) }
}

function noStats(agentId: string): AgentStatsTable {
  return {
    agent_id: agentId,
    successful_runs: 0,
    failed_runs: 0,
    total_duration_ms: 0,
    total_tokens: 0,
    last_run: null,
  }
}

export interface AgentChange {
  name: string
  agentType: string
  status: AgentStatus
  config: AgentConfig
}

/** Writes the next version of an agent. @throws AresError `conflict` when its new name is taken */
export async function updateAgent(
  trx: Trx,
  agent: Agent,
  change: AgentChange,
  now: string,
): Promise<void> {
  try {
    await trx
      .updateTable('agents')
      .set({
        name: change.name,
        agent_type: change.agentType,
        status: change.status,
        ...configColumns(change.config),
        version: agent.version + 1,
        updated_at: now,
      })
      .where('id', '=', agent.id)
      .execute()
  } catch (error) {
    conflictOn(error, 'An agent with this name exists.')
  }
}

/** Marks an agent as deleted, which frees its name; undefined when the tenant has none of that name. */
export function markAgentDeleted(
  trx: Trx,
  tenantId: string,
  name: string,
  now: string,
): Promise<{ id: string } | undefined> {
  return trx
    .updateTable('agents')
    .set({ deleted_at: now })
    .where('tenant_id', '=', tenantId)
    .where('name', '=', name)
    .where('deleted_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
}

/** Marks whatever agents a tenant has as deleted; for its deletion. */
export async function markAllAgentsDeleted(trx: Trx, tenantId: string, now: string): Promise<void> {
  await trx
    .updateTable('agents')
    .set({ deleted_at: now })
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .execute()
}
