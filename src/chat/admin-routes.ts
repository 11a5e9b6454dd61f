import { type AnyElysia, Elysia } from 'elysia'
import { recordAudit } from '../audit/store.ts'
import type { Config, Tier } from '../config/config.ts'
import { change, type ChangeDeps } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { AresError, found } from '../errors.ts'
import { documented } from '../http/documented.ts'
import { ownerOf } from '../execution/owner.ts'
import { adminGuard } from '../http/guards.ts'
import { jsonBody } from '../http/json-body.ts'
import { idPart } from '../http/path-parts.ts'
import { refuseIdempotencyKey } from '../idempotency/claim.ts'
import type { Caller } from '../caller/caller.ts'
import { findTenant, type TenantRow } from '../tenants/store.ts'
import type { ChatStream } from './chat-stream.ts'
import { ChatEvent, PlaygroundRequest } from './schema.ts'

export interface PlaygroundDeps extends ChangeDeps {
  db: Db
  config: Pick<Config, 'tiers'>
  chatStream: ChatStream
}

/** In place of the id of a key. No key's id is this. */
const OPERATOR = 'operator'

/** A chat in a tenant's name, for operators who try what they have set up. */
export function playgroundRoutes(deps: PlaygroundDeps): AnyElysia {
  return new Elysia({ name: 'playground' }).use(adminGuard).post(
    '/tenants/:id/chat/stream',
    async ({ params, admission, body, request }) => {
      refuseIdempotencyKey(request)
      const tenant = found(await findTenant(deps.db, idPart(params.id, 'tenant')), 'tenant')
      if (tenant.status === 'suspended')
        throw new AresError('tenant_suspended', 'This tenant is suspended.')
      await audit(deps, tenant, body)
      const caller = actingFor(tenant, deps.config.tiers)
      return deps.chatStream(ownerOf({ caller, admission, request }), body)
    },
    {
      ...jsonBody(PlaygroundRequest),
      ...documented({
        summary: 'Chat in a tenant’s name',
        description:
          'Body and events as of `POST /v1/chat/stream`, but for `agent`, which names an agent whatever types there are. It counts as the tenant’s chat, against its quotas and within its places; only requests per minute are not counted. The run has the key id `operator`, and each request is in the audit log before it begins.',
        tags: ['Chat'],
        mediaType: 'text/event-stream',
        replies: { 200: ChatEvent },
        failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 502, 503, 504],
      }),
    },
  )
}

function actingFor({ id, name, tier }: TenantRow, tiers: Config['tiers']): Caller {
  return {
    keyId: OPERATOR,
    tenantId: id,
    tenantName: name,
    tier: tier as Tier,
    limits: tiers[tier as Tier],
    powers: null,
    familyId: OPERATOR,
    used: null,
  }
}

/** Before the chat: what is spent in somebody's name leaves a trace, however it ends. */
async function audit(
  deps: ChangeDeps,
  { id, name }: TenantRow,
  { model, agent, agent_type }: PlaygroundRequest,
): Promise<void> {
  const details = {
    tenant_id: id,
    tenant_name: name,
    ...(model !== undefined && { model }),
    ...(agent !== undefined && { agent_name: agent }),
    ...(agent_type !== undefined && { agent_type }),
  }
  await change(deps, (trx, stamp) =>
    recordAudit(trx, stamp, { action: 'playground.used', actor: 'admin', details }),
  )
}
