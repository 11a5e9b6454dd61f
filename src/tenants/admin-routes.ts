import { type AnyElysia, Elysia } from 'elysia'
import type { Config } from '../config/config.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { jsonBody } from '../http/json-body.ts'
import { found } from '../errors.ts'
import { idPart } from '../http/path-parts.ts'
import { createOnce, type OnceDeps } from '../idempotency/once.ts'
import { changeStatus, changeTier, createTenant } from './manage-tenant.ts'
import {
  CreateTenant,
  Tenant,
  TenantDetail,
  TenantList,
  toTenant,
  toTenantDetail,
  UpdateTenantStatus,
  UpdateTier,
} from './schema.ts'
import { countTenant, findTenant, listTenants } from './store.ts'

export interface TenantRouteDeps extends ChangeDeps, OnceDeps {
  db: Db
  config: Pick<Config, 'tiers'>
}

const tags: [string] = ['Tenants']

/** Tenants, for operators. Source: Admin API, "Tenants"; contract 4.5. */
export function tenantAdminRoutes(deps: TenantRouteDeps): AnyElysia {
  const { db, config } = deps
  return new Elysia({ name: 'tenant-admin' })
    .use(adminGuard)
    .post(
      '/tenants',
      ({ body, request, admission, set }) =>
        createOnce(deps, { request, admission, set }, async (trx, stamp) =>
          toTenant(await createTenant(trx, stamp, body)),
        ),
      {
        ...jsonBody(CreateTenant),
        ...documented({
          summary: 'Create tenant',
          tags,
          once: true,
          replies: { 201: Tenant },
          failures: [400, 401, 409, 413, 415, 422, 503],
        }),
      },
    )
    .get(
      '/tenants',
      async () => {
        const rows = await listTenants(db)
        return {
          tenants: rows.map((row) => ({ ...toTenant(row), agent_count: row.agent_count })),
        }
      },
      documented({ summary: 'List tenants', tags, replies: { 200: TenantList }, failures: [401] }),
    )
    .get(
      '/tenants/:id',
      async ({ params }) => {
        const id = idPart(params.id, 'tenant')
        const tenant = found(await findTenant(db, id), 'tenant')
        return toTenantDetail(tenant, await countTenant(db, id))
      },
      documented({
        summary: 'Get tenant details',
        tags,
        replies: { 200: TenantDetail },
        failures: [401, 404],
      }),
    )
    .put(
      '/tenants/:id/quota',
      async ({ params, body: { tier } }) => {
        const id = idPart(params.id, 'tenant')
        const { tiers } = config
        return toTenant(
          await change(deps, (trx, stamp) => changeTier(trx, stamp, id, { tier, tiers })),
        )
      },
      {
        ...jsonBody(UpdateTier),
        ...documented({
          summary: 'Update tenant tier',
          description: 'Acts on the very next request of the tenant.',
          tags,
          replies: { 200: Tenant },
          failures: [400, 401, 404, 413, 415, 422, 503],
        }),
      },
    )
    .patch(
      '/tenants/:id',
      async ({ params, body: { status } }) => {
        const id = idPart(params.id, 'tenant')
        return toTenant(await change(deps, (trx, stamp) => changeStatus(trx, stamp, id, status)))
      },
      {
        ...jsonBody(UpdateTenantStatus),
        ...documented({
          summary: 'Suspend or reactivate a tenant',
          tags,
          replies: { 200: Tenant },
          failures: [400, 401, 404, 413, 415, 422, 503],
        }),
      },
    )
}
