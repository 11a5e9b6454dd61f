import { fromJson } from '../db/columns.ts'
import type { AgentsTable, AgentStatsTable, Db } from '../db/tables.ts'
import {
  type AgentIdentity,
  type AgentStats,
  decodeIdentity,
  decodeStats,
  IDENTITY_COLUMNS,
  STATS_COLUMNS,
} from './store.ts'

/** An agent as lists show it: of its configuration, which may be long, only what is kept beside it. */
export interface ListedAgent extends AgentIdentity {
  model: string
  tools: string[]
  stats: AgentStats
}

export type ListedAgentRow = Omit<AgentsTable, 'config' | 'updated_at' | 'deleted_at'> &
  Omit<AgentStatsTable, 'agent_id'>

/** Every agent that is not deleted, as lists show it. */
export function livingAgents(db: Db) {
  return db
    .selectFrom('agents')
    .innerJoin('agent_stats', 'agent_stats.agent_id', 'agents.id')
    .select(IDENTITY_COLUMNS)
    .select(['agents.model', 'agents.tools'])
    .select(STATS_COLUMNS)
    .where('agents.deleted_at', 'is', null)
}

/** The tenant's agents by name. */
export async function listAgents(db: Db, tenantId: string): Promise<ListedAgent[]> {
  const rows = await livingAgents(db)
    .where('agents.tenant_id', '=', tenantId)
    .orderBy('agents.name')
    .execute()
  return rows.map(decodeListed)
}

/**
 * One page of the tenant's agents by name, and how many there are in all.
 *
 * @param names those that are to be shown; null for all
 */
export async function pageAgents(
  db: Db,
  tenantId: string,
  { limit, offset }: { limit: number; offset: number },
  names: string[] | null,
): Promise<{ agents: ListedAgent[]; total: number }> {
  // Not every engine takes an empty list.
  if (names?.length === 0) return { agents: [], total: 0 }
  const { total } = await db
    .selectFrom('agents')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('tenant_id', '=', tenantId)
    .where('deleted_at', 'is', null)
    .$if(names !== null, (query) => query.where('name', 'in', names!))
    .executeTakeFirstOrThrow()
  const rows = await livingAgents(db)
    .where('agents.tenant_id', '=', tenantId)
    .$if(names !== null, (query) => query.where('agents.name', 'in', names!))
    .orderBy('agents.name')
    .limit(limit)
    .offset(offset)
    .execute()
  return { agents: rows.map(decodeListed), total }
}

/** Every living agent of every tenant, by tenant and name. */
export async function listAllAgents(db: Db): Promise<(ListedAgent & { tenantName: string })[]> {
  const rows = await livingAgents(db)
    .innerJoin('tenants', 'tenants.id', 'agents.tenant_id')
    .select('tenants.name as tenant_name')
    .where('tenants.deleted_at', 'is', null)
    .orderBy('tenants.name')
    .orderBy('agents.name')
    .execute()
  return rows.map((row) => ({ ...decodeListed(row), tenantName: row.tenant_name }))
}

/** A row of `livingAgents`. */
export function decodeListed(row: ListedAgentRow): ListedAgent {
  return {
    ...decodeIdentity(row),
    model: row.model,
    tools: fromJson<string[]>(row.tools),
    stats: decodeStats(row),
  }
}
