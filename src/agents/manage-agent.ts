import { isDeepStrictEqual } from 'node:util'
import { type Actor, recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { found } from '../errors.ts'
import type { Catalog } from '../providers/catalog.ts'
import type { ToolCatalog } from '../tools/catalog.ts'
import { changedConfig, checkConfig } from './config.ts'
import type { CreateAgent, UpdateAgent } from './schema.ts'
import { insertAgent, markAgentDeleted, updateAgent } from './change-store.ts'
import { type Agent, findAgentIn } from './store.ts'

/** What configurations are checked against. */
export interface AgentRules {
  catalog: Catalog
  tools: ToolCatalog
}

export interface TenantIdentity {
  id: string
  name: string
}

const ACTOR: Actor = 'admin'

/** A new agent, whose configuration is known to be good. @throws AresError `conflict` */
export async function createAgent(
  trx: Trx,
  stamp: Stamp,
  tenant: TenantIdentity,
  request: CreateAgent,
): Promise<Agent> {
  await addAgent(trx, stamp, tenant, {
    name: request.name,
    agentType: request.agent_type,
    status: request.status ?? 'active',
    config: request.config,
  })
  return found(await findAgentIn(trx, tenant.id, request.name), 'agent')
}

export type AgentDefinition = Pick<Agent, 'name' | 'agentType' | 'status' | 'config'>

/** Writes an agent whose configuration is known to be good, with its audit entry. @throws AresError `conflict` */
export async function addAgent(
  trx: Trx,
  stamp: Stamp,
  tenant: TenantIdentity,
  definition: AgentDefinition,
): Promise<void> {
  const id = stamp.newId()
  await insertAgent(trx, { id, tenantId: tenant.id, ...definition, now: stamp.now })
  await recordAudit(trx, stamp, {
    action: 'agent.created',
    actor: ACTOR,
    details: {
      tenant_id: tenant.id,
      tenant_name: tenant.name,
      agent_id: id,
      agent_name: definition.name,
    },
  })
}

/** Changes only what is given; each change is a new version, and what changes nothing is none. @throws AresError `not_found`, `conflict`, `invalid` */
export async function changeAgent(
  trx: Trx,
  stamp: Stamp,
  tenant: TenantIdentity,
  name: string,
  request: UpdateAgent,
  rules: AgentRules,
): Promise<Agent> {
  const agent = found(await findAgentIn(trx, tenant.id, name), 'agent')
  const config = changedConfig(agent.config, request.config ?? {})
  if (request.config) checkConfig(rules.catalog, rules.tools, config)
  const changed: AgentDefinition = {
    name: request.name ?? agent.name,
    agentType: request.agent_type ?? agent.agentType,
    status: request.status ?? agent.status,
    config,
  }
  if (isDeepStrictEqual(changed, definitionOf(agent))) return agent
  await updateAgent(trx, agent, changed, stamp.now)
  await recordAudit(trx, stamp, {
    action: 'agent.updated',
    actor: ACTOR,
    details: {
      tenant_id: tenant.id,
      tenant_name: tenant.name,
      agent_id: agent.id,
      agent_name: changed.name,
      ...(changed.name !== name && { previous_name: name }),
      changed: Object.keys(request),
      version: agent.version + 1,
    },
  })
  return found(await findAgentIn(trx, tenant.id, changed.name), 'agent')
}

function definitionOf({ name, agentType, status, config }: Agent): AgentDefinition {
  return { name, agentType, status, config }
}

/** Deletes an agent; its runs stay in the tenant's totals, its name is free. @throws AresError `not_found` */
export async function deleteAgent(
  trx: Trx,
  stamp: Stamp,
  tenant: TenantIdentity,
  name: string,
): Promise<void> {
  const { id } = found(await markAgentDeleted(trx, tenant.id, name, stamp.now), 'agent')
  await recordAudit(trx, stamp, {
    action: 'agent.deleted',
    actor: ACTOR,
    details: { tenant_id: tenant.id, tenant_name: tenant.name, agent_id: id, agent_name: name },
  })
}
