import { type AnyElysia, Elysia } from 'elysia'
import { change, type ChangeDeps } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { jsonBody } from '../http/json-body.ts'
import { noContent } from '../http/no-content.ts'
import { found } from '../errors.ts'
import { idPart, namePart } from '../http/path-parts.ts'
import { createOnce, type OnceDeps } from '../idempotency/once.ts'
import { findTenant, type TenantRow } from '../tenants/store.ts'
import { listAgents, listAllAgents } from './agent-list-store.ts'
import { checkConfig } from './config.ts'
import { type AgentRules, changeAgent, createAgent, deleteAgent } from './manage-agent.ts'
import {
  AdminAgentDetail,
  AdminAgentList,
  AgentStatsReply,
  CreateAgent,
  PlatformAgentList,
  toAdminAgentDetail,
  toAdminAgentItem,
  toAgentStats,
  UpdateAgent,
} from './schema.ts'
import { type Agent, findAgent } from './store.ts'

export interface AgentAdminDeps extends ChangeDeps, OnceDeps, AgentRules {
  db: Db
}

const tags: [string] = ['Agents']

/** Any tenant's agents, for operators. Source: Admin API, "Tenant Agents"; contract 4.7. */
export function agentAdminRoutes(deps: AgentAdminDeps): AnyElysia {
  return new Elysia({ name: 'agent-admin' })
    .use(adminGuard)
    .use(agentListRoutes(deps))
    .use(agentChangeRoutes(deps))
    .use(agentStatsRoutes(deps))
}

function agentListRoutes({ db, reads }: AgentAdminDeps) {
  return new Elysia()
    .use(adminGuard)
    .get(
      '/agents',
      async () => {
        const agents = await listAllAgents(db)
        return {
          agents: agents.map((agent) => ({
            ...toAdminAgentItem(agent),
            tenant_id: agent.tenantId,
            tenant_name: agent.tenantName,
          })),
        }
      },
      documented({
        summary: 'List agents of all tenants',
        tags,
        replies: { 200: PlatformAgentList },
        failures: [401],
      }),
    )
    .get(
      '/tenants/:id/agents',
      async ({ params }) => {
        const tenant = await getTenant(db, params.id)
        return { agents: (await listAgents(db, tenant.id)).map(toAdminAgentItem) }
      },
      documented({
        summary: 'List tenant agents',
        tags,
        replies: { 200: AdminAgentList },
        failures: [401, 404],
      }),
    )
    .get(
      '/tenants/:id/agents/:name',
      async ({ params }) => toAdminAgentDetail(await getAgent({ db, reads }, params)),
      documented({
        summary: 'Get tenant agent',
        tags,
        replies: { 200: AdminAgentDetail },
        failures: [401, 404],
      }),
    )
}

function agentChangeRoutes(deps: AgentAdminDeps) {
  return new Elysia()
    .use(adminGuard)
    .post(
      '/tenants/:id/agents',
      ({ params, body, request, admission, set }) =>
        createOnce(deps, { request, admission, set }, async (trx, stamp) => {
          // What is invalid is told before what is missing.
          checkConfig(deps.catalog, deps.tools, body.config)
          const tenant = await getTenant(trx, params.id)
          return toAdminAgentDetail(await createAgent(trx, stamp, tenant, body))
        }),
      {
        ...jsonBody(CreateAgent),
        ...documented({
          summary: 'Create tenant agent',
          tags,
          once: true,
          replies: { 201: AdminAgentDetail },
          failures: [400, 401, 404, 409, 413, 415, 422, 503],
        }),
      },
    )
    .put(
      '/tenants/:id/agents/:name',
      async ({ params, body }) => {
        const agent = await change(deps, async (trx, stamp) => {
          const tenant = await getTenant(trx, params.id)
          return changeAgent(trx, stamp, tenant, namePart(params.name, 'agent'), body, deps)
        })
        return toAdminAgentDetail(agent)
      },
      {
        ...jsonBody(UpdateAgent),
        ...documented({
          summary: 'Update tenant agent',
          description:
            'Changes only the fields given; inside `config` likewise, where null removes a field (not `model`).',
          tags,
          replies: { 200: AdminAgentDetail },
          failures: [400, 401, 404, 409, 413, 415, 422, 503],
        }),
      },
    )
    .delete(
      '/tenants/:id/agents/:name',
      async ({ params }) => {
        await change(deps, async (trx, stamp) => {
          const tenant = await getTenant(trx, params.id)
          await deleteAgent(trx, stamp, tenant, namePart(params.name, 'agent'))
        })
        return noContent()
      },
      documented({
        summary: 'Delete tenant agent',
        description: 'Its runs stay in the tenant’s totals; its name is free at once.',
        tags,
        replies: { 204: null },
        failures: [401, 404, 503],
      }),
    )
}

function agentStatsRoutes({ db, reads }: AgentAdminDeps) {
  return new Elysia().use(adminGuard).get(
    '/tenants/:id/agents/:name/stats',
    async ({ params }) => toAgentStats(await getAgent({ db, reads }, params)),
    documented({
      summary: 'Agent stats',
      tags,
      replies: { 200: AgentStatsReply },
      failures: [401, 404],
    }),
  )
}

async function getTenant(db: Db, id: string): Promise<TenantRow> {
  return found(await findTenant(db, idPart(id, 'tenant')), 'tenant')
}

async function getAgent(
  { db, reads }: Pick<AgentAdminDeps, 'db' | 'reads'>,
  params: { id: string; name: string },
): Promise<Agent> {
  const tenant = await getTenant(db, params.id)
  const name = namePart(params.name, 'agent')
  return found(await findAgent(reads, tenant.id, name), 'agent')
}
