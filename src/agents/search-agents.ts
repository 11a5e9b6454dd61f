import { sql } from 'kysely'
import { contains } from '../db/like.ts'
import type { Db } from '../db/tables.ts'
import { decodeListed, type ListedAgent, livingAgents } from './agent-list-store.ts'

/** An agent with the name of its tenant. */
export type TenantAgent = ListedAgent & { tenantName: string }

export const AGENT_SORTS = ['tenant', 'name', 'agent_type', 'status', 'total_runs'] as const

/** Which living agents, in which order. */
export interface AgentQuestion {
  /** Part of the name of the agent or of its tenant; null is all. */
  text: string | null
  sort: (typeof AGENT_SORTS)[number]
  order: 'asc' | 'desc'
  window: { limit: number; offset: number }
}

/** How many agents of all tenants match, and the page asked for. */
export async function searchAgents(
  db: Db,
  { text, sort, order, window }: AgentQuestion,
): Promise<{ agents: TenantAgent[]; total: number }> {
  const { total } = await matching(db, text)
    .clearSelect()
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const rows = await matching(db, text)
    .select('tenants.name as tenant_name')
    .orderBy(SORTED_BY[sort], order)
    // Equals by their names, whichever way the rest goes.
    .orderBy('tenants.name')
    .orderBy('agents.name')
    .limit(window.limit)
    .offset(window.offset)
    .execute()
  return {
    agents: rows.map((row) => ({ ...decodeListed(row), tenantName: row.tenant_name })),
    total,
  }
}

const SORTED_BY = {
  tenant: sql`tenants.name`,
  name: sql`agents.name`,
  agent_type: sql`agents.agent_type`,
  status: sql`agents.status`,
  total_runs: sql`agent_stats.successful_runs + agent_stats.failed_runs`,
}

function matching(db: Db, text: string | null) {
  const agents = livingAgents(db)
    .innerJoin('tenants', 'tenants.id', 'agents.tenant_id')
    .where('tenants.deleted_at', 'is', null)
  if (text === null) return agents
  return agents.where((eb) =>
    eb.or([contains('agents.name', text), contains('tenants.name', text)]),
  )
}
