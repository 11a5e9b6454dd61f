import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import { KeyItem, toKeyItem } from './schema.ts'
import { type ApiKey, findKey } from './store.ts'
import type { Db } from '../db/tables.ts'
import { AresError } from '../errors.ts'
import { documented } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import type { Caller } from '../caller/caller.ts'
import { Limits, toLimits } from '../tenants/limits.ts'
import { Tenant } from '../tenants/schema.ts'

/** Whose key it is, and what it allows. */
export const Me = Type.Object({
  tenant: Type.Object({
    id: Tenant.properties.id,
    name: Tenant.properties.name,
    tier: Tenant.properties.tier,
    status: Tenant.properties.status,
  }),
  key: KeyItem,
  limits: Limits,
})

/** Who asks, mounted under /v1. */
export function meRoutes({ db }: { db: Db }): AnyElysia {
  return new Elysia({ name: 'me' }).use(tenantGuard).get(
    '/me',
    async ({ caller }) => {
      const key = await findKey(db, caller.tenantId, caller.keyId)
      // Revoked since the request was let in.
      if (!key) throw new AresError('unauthorized', 'The API key is missing or not valid.')
      return toMe(caller, key)
    },
    documented({
      summary: 'Whose key this is',
      description:
        'The tenant, the key that asks with what it is limited to, and the limits of the tenant’s tier. It takes no scope: every key that works may ask.',
      tags: ['Usage'],
      replies: { 200: Me },
      failures: [401, 403, 429],
    }),
  )
}

function toMe({ tenantId, tenantName, tier, limits }: Caller, key: ApiKey): Static<typeof Me> {
  return {
    // A suspended tenant is turned away before it gets here.
    tenant: { id: tenantId, name: tenantName, tier, status: 'active' },
    key: toKeyItem(key),
    limits: toLimits(limits),
  }
}
