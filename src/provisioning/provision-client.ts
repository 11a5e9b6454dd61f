import { type Static, Type } from '@sinclair/typebox'
import { addAgent } from '../agents/manage-agent.ts'
import { createKey } from '../api-keys/manage-key.ts'
import { KeyLabel } from '../api-keys/schema.ts'
import type { Stamp } from '../db/changes.ts'
import type { AgentTemplate } from '../config/config.ts'
import type { Trx } from '../db/tables.ts'
import { invalid } from '../errors.ts'
import { createTenant } from '../tenants/manage-tenant.ts'
import { TenantName, TierField } from '../tenants/schema.ts'

/** Source: Admin API, "Provision a Client". */
export const ProvisionClient = Type.Object(
  {
    name: TenantName,
    tier: TierField,
    product_type: Type.String({
      minLength: 1,
      maxLength: 63,
      description: 'template set to clone',
    }),
    api_key_name: KeyLabel,
  },
  { additionalProperties: false },
)
export type ProvisionClient = Static<typeof ProvisionClient>

/** Source: Admin API, "Provision a Client". The key is shown this once. */
export const ProvisionedClient = Type.Object({
  tenant_id: Type.String({ format: 'uuid' }),
  tenant_name: Type.String(),
  tier: TierField,
  product_type: Type.String(),
  api_key_id: Type.String({ format: 'uuid' }),
  api_key_prefix: Type.String(),
  raw_api_key: Type.String(),
  agents_created: Type.Array(Type.String()),
})

/**
 * Tenant, agents and key in one transaction: all of it or nothing.
 *
 * @throws AresError `conflict` when the name is taken, `invalid` for an unknown product type
 */
export async function provisionClient(
  trx: Trx,
  stamp: Stamp,
  request: ProvisionClient,
  templates: readonly AgentTemplate[],
): Promise<Static<typeof ProvisionedClient>> {
  const chosen = templatesOf(templates, request.product_type)
  const tenant = await createTenant(trx, stamp, { name: request.name, tier: request.tier })
  for (const { name, agent_type, config } of chosen) {
    await addAgent(trx, stamp, tenant, { name, agentType: agent_type, status: 'active', config })
  }
  const owner = { tenantId: tenant.id, tenantName: tenant.name, actor: 'admin' as const }
  const { key, secret } = await createKey(trx, stamp, owner, { name: request.api_key_name })
  return {
    tenant_id: tenant.id,
    tenant_name: tenant.name,
    tier: request.tier,
    product_type: request.product_type,
    api_key_id: key.id,
    api_key_prefix: key.prefix,
    raw_api_key: secret,
    agents_created: chosen.map((template) => template.name),
  }
}

/** The templates of one product type. @throws AresError `invalid` when there is no such type */
export function templatesOf(
  templates: readonly AgentTemplate[],
  productType: string,
): AgentTemplate[] {
  const chosen = templates.filter((template) => template.product_type === productType)
  if (chosen.length > 0) return chosen
  const known = [...new Set(templates.map((template) => template.product_type))]
  throw invalid('/product_type', `product_type is one of ${known.join(', ')}.`)
}
