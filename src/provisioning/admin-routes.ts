import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import { AgentConfigBody } from '../agents/config.ts'
import type { AgentTemplate, Config } from '../config/config.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { noContent } from '../http/no-content.ts'
import { idPart } from '../http/path-parts.ts'
import { jsonBody } from '../http/json-body.ts'
import { queryOf, queryText } from '../http/query.ts'
import { createOnce, type OnceDeps } from '../idempotency/once.ts'
import {
  ProvisionClient,
  provisionClient,
  ProvisionedClient,
  templatesOf,
} from './provision-client.ts'
import { deleteTenant } from './remove-client.ts'

export interface ProvisioningDeps extends ChangeDeps, OnceDeps {
  config: Pick<Config, 'templates'>
}

/** Source: Admin API, "List Agent Templates". */
export const TemplateList = Type.Object({
  templates: Type.Array(
    Type.Object({
      name: Type.String(),
      agent_type: Type.String(),
      product_type: Type.String(),
      config: AgentConfigBody,
    }),
  ),
})

const tags: [string] = ['Provisioning']

/** Source: Admin API, "Provisioning", "Templates and Models". */
export function provisioningRoutes(deps: ProvisioningDeps): AnyElysia {
  const { templates } = deps.config
  return new Elysia({ name: 'provisioning' })
    .use(adminGuard)
    .post(
      '/provision-client',
      ({ body, request, admission, set }) =>
        createOnce(deps, { request, admission, set }, (trx, stamp) =>
          provisionClient(trx, stamp, body, templates),
        ),
      {
        ...jsonBody(ProvisionClient),
        ...documented({
          summary: 'Provision a client',
          description:
            'Tenant, agents and key in one transaction: all of it or nothing. `raw_api_key` is returned only once.',
          tags,
          once: true,
          replies: { 201: ProvisionedClient },
          failures: [400, 401, 409, 413, 415, 422, 503],
        }),
      },
    )
    .delete(
      '/tenants/:id',
      async ({ params }) => {
        const id = idPart(params.id, 'tenant')
        await change(deps, (trx, stamp) => deleteTenant(trx, stamp, id))
        return noContent()
      },
      documented({
        summary: 'Delete tenant',
        description: 'Its keys die at once; its usage stays in the platform statistics.',
        tags: ['Tenants'],
        replies: { 204: null },
        failures: [401, 404, 503],
      }),
    )
    .get(
      '/agent-templates',
      ({ request }) => {
        const productType = queryText(queryOf(request), 'product_type')
        const chosen = productType === null ? templates : templatesOf(templates, productType)
        return { templates: chosen.map(toTemplate) }
      },
      documented({
        summary: 'List agent templates',
        tags,
        query: [
          {
            name: 'product_type',
            description: 'only those of this product type',
            schema: Type.String(),
          },
        ],
        replies: { 200: TemplateList },
        failures: [401, 422],
      }),
    )
}

function toTemplate(template: AgentTemplate): Static<typeof TemplateList>['templates'][number] {
  const { name, agent_type, product_type, config } = template
  return { name, agent_type, product_type, config }
}
