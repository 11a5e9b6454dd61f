import { fromJson } from '../db/columns.ts'
import { lookup, statement, type StatementReader } from '../db/statements.ts'
import type { AgentConfig } from '../config/config.ts'
import type { AgentStatsTable, AgentsTable, Db, Trx } from '../db/tables.ts'

export type AgentStatus = 'active' | 'paused'

/** An agent, apart from its configuration. */
export interface AgentIdentity {
  id: string
  tenantId: string
  name: string
  agentType: string
  status: AgentStatus
  version: number
  createdAt: string
}

/** An agent, config decoded: what it takes to run it. */
export interface AgentProfile extends AgentIdentity {
  config: AgentConfig
}

/** An agent with its statistics. */
export interface Agent extends AgentProfile {
  stats: AgentStats
}

/** Finished runs; `lastRun` counts from the start of a run. */
export interface AgentStats {
  successfulRuns: number
  failedRuns: number
  totalDurationMs: number
  totalTokens: number
  lastRun: string | null
}

type IdentityRow = Omit<AgentsTable, 'config' | 'model' | 'tools' | 'updated_at' | 'deleted_at'>
type ProfileRow = IdentityRow & Pick<AgentsTable, 'config'>
type StatsRow = Omit<AgentStatsTable, 'agent_id'>

export const IDENTITY_COLUMNS = [
  'agents.id',
  'agents.tenant_id',
  'agents.name',
  'agents.agent_type',
  'agents.status',
  'agents.version',
  'agents.created_at',
] as const

export const STATS_COLUMNS = [
  'agent_stats.successful_runs',
  'agent_stats.failed_runs',
  'agent_stats.total_duration_ms',
  'agent_stats.total_tokens',
  'agent_stats.last_run',
] as const

function livingAgents(db: Db) {
  return db
    .selectFrom('agents')
    .innerJoin('agent_stats', 'agent_stats.agent_id', 'agents.id')
    .select([...IDENTITY_COLUMNS, 'agents.config', ...STATS_COLUMNS])
    .where('agents.deleted_at', 'is', null)
}

const findAgentByName = statement(
  'find_agent_by_name',
  (db, p: { tenant_id: string; name: string }) =>
    livingAgents(db).where('agents.tenant_id', '=', p.tenant_id).where('agents.name', '=', p.name),
)

function livingIdentities(db: Db) {
  return db.selectFrom('agents').select(IDENTITY_COLUMNS).where('deleted_at', 'is', null)
}

const findProfileByName = lookup(
  'find_profile_by_name',
  (db, p: { tenant_id: string; name: string }) =>
    livingIdentities(db)
      .select('config')
      .where('tenant_id', '=', p.tenant_id)
      .where('name', '=', p.name),
  ([row]) => decodeProfile(row!),
)

/** All agents of a type or name: what a chat's `agent_type` may mean, oldest first. */
const findIdentitiesByTypeOrName = lookup(
  'find_identities_by_type_or_name',
  (db, p: { tenant_id: string; wanted: string }) =>
    livingIdentities(db)
      .where('tenant_id', '=', p.tenant_id)
      .where((eb) => eb.or([eb('agent_type', '=', p.wanted), eb('name', '=', p.wanted)]))
      .orderBy('created_at')
      .orderBy('id'),
  (rows) => rows.map(decodeIdentity),
)

/** The tenant's agent of that name as it takes to run it, or undefined. Never looks across tenants. */
export function findProfile(
  reads: StatementReader,
  tenantId: string,
  name: string,
): Promise<AgentProfile | undefined> {
  return reads.find(findProfileByName, { tenant_id: tenantId, name })
}

/** The tenant's agents of that type or name, by creation; there may be many, so without their configurations. */
export async function findIdentities(
  reads: StatementReader,
  tenantId: string,
  wanted: string,
): Promise<AgentIdentity[]> {
  return (await reads.find(findIdentitiesByTypeOrName, { tenant_id: tenantId, wanted })) ?? []
}

/** The tenant's agent of that name, or undefined. Never looks across tenants. */
export async function findAgent(
  reads: StatementReader,
  tenantId: string,
  name: string,
): Promise<Agent | undefined> {
  const row = await reads.get(findAgentByName, { tenant_id: tenantId, name })
  return row && decodeAgent(row)
}

/** The same inside a transaction, for a change that builds on what is there. */
export async function findAgentIn(
  trx: Trx,
  tenantId: string,
  name: string,
): Promise<Agent | undefined> {
  const row = await livingAgents(trx)
    .where('agents.tenant_id', '=', tenantId)
    .where('agents.name', '=', name)
    .executeTakeFirst()
  return row && decodeAgent(row)
}

function decodeAgent(row: ProfileRow & StatsRow): Agent {
  return { ...decodeProfile(row), stats: decodeStats(row) }
}

function decodeProfile(row: ProfileRow): AgentProfile {
  return { ...decodeIdentity(row), config: fromJson<AgentConfig>(row.config) }
}

export function decodeIdentity(row: IdentityRow): AgentIdentity {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: row.name,
    agentType: row.agent_type,
    status: row.status as AgentStatus,
    version: row.version,
    createdAt: row.created_at,
  }
}

export function decodeStats(row: StatsRow): AgentStats {
  return {
    successfulRuns: row.successful_runs,
    failedRuns: row.failed_runs,
    totalDurationMs: row.total_duration_ms,
    totalTokens: row.total_tokens,
    lastRun: row.last_run,
  }
}
