import { type AnyElysia, Elysia } from 'elysia'
import { change, type ChangeDeps } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { found } from '../errors.ts'
import { documented } from '../http/documented.ts'
import { tenantGuard } from '../http/guards.ts'
import { jsonBody } from '../http/json-body.ts'
import { noContent } from '../http/no-content.ts'
import { idPart } from '../http/path-parts.ts'
import { createOnce, type OnceDeps } from '../idempotency/once.ts'
import { asObject } from '../providers/json-shape.ts'
import type { Catalog } from '../providers/catalog.ts'
import type { Caller } from '../caller/caller.ts'
import { createKey, type KeyOwner, revokeTenantKey } from './manage-key.ts'
import { requireGrant } from './grant.ts'
import { checkPowers } from './power-fields.ts'
import { rotateKey } from './rotate-key.ts'
import {
  CreatedKey,
  CreateKey,
  KeyItem,
  KeyList,
  RotatedKeyReply,
  RotateKey,
  toCreatedKey,
  toKeyItem,
  toRotatedKey,
  UpdateKey,
} from './schema.ts'
import { findKey, listKeys } from './store.ts'
import { changeKey } from './update-key.ts'

export interface KeyRouteDeps extends ChangeDeps, OnceDeps {
  db: Db
  catalog: Catalog
}

const tags: [string] = ['API keys']

/** A tenant's own keys, mounted under /v1. Source: V1 Client API, "API Keys". */
export function keyRoutes(deps: KeyRouteDeps): AnyElysia {
  const permits = (caller: Caller) => (body: unknown) => requireGrantStill(deps, caller, body)
  return new Elysia({ name: 'keys' })
    .use(tenantGuard)
    .get(
      '/api-keys',
      async ({ caller }) => ({
        keys: (await listKeys(deps.db, caller.tenantId)).map(toKeyItem),
      }),
      documented({
        summary: 'List API keys',
        description: 'Without revoked keys, with expired ones. Secrets are never shown again.',
        tags,
        replies: { 200: KeyList },
        failures: [401, 403, 429],
      }),
    )
    .post(
      '/api-keys',
      ({ caller, body, request, admission, set }) =>
        createOnce(
          deps,
          { request, admission, set, permit: permits(caller) },
          async (trx, stamp) => {
            checkPowers(deps.catalog, body)
            const { key, secret } = await createKey(trx, stamp, ownerOf(caller), body)
            return toCreatedKey(key, secret)
          },
        ),
      {
        ...jsonBody(CreateKey),
        ...documented({
          summary: 'Create API key',
          description:
            'At most 100 live keys a tenant. The secret is returned only once. A key with limits makes only keys within its own.',
          tags,
          once: true,
          replies: { 201: CreatedKey },
          failures: [400, 401, 403, 409, 413, 415, 422, 429, 503],
        }),
      },
    )
    .patch(
      '/api-keys/:id',
      async ({ caller, params, body }) => {
        const id = idPart(params.id, 'API key')
        checkPowers(deps.catalog, body)
        return toKeyItem(
          await change(deps, (trx, stamp) => changeKey(trx, stamp, ownerOf(caller), id, body)),
        )
      },
      {
        ...jsonBody(UpdateKey),
        ...documented({
          summary: 'Change API key',
          description:
            'Only what is given changes; null removes a limit. Counts from the next request of the key on.',
          tags,
          replies: { 200: KeyItem },
          failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 503],
        }),
      },
    )
    .post(
      '/api-keys/:id/rotate',
      ({ caller, params, body, request, admission, set }) =>
        createOnce(
          deps,
          { request, admission, set, permit: permits(caller) },
          async (trx, stamp) => {
            const id = idPart(params.id, 'API key')
            return toRotatedKey(await rotateKey(trx, stamp, ownerOf(caller), id, body))
          },
        ),
      {
        ...jsonBody(RotateKey),
        ...documented({
          summary: 'Rotate API key',
          description:
            'A new key in the place of the old one: same name, powers and count of what was spent. A key may rotate itself.',
          tags,
          once: true,
          replies: { 201: RotatedKeyReply },
          failures: [400, 401, 403, 404, 409, 413, 415, 422, 429, 503],
        }),
      },
    )
    .delete(
      '/api-keys/:id',
      async ({ caller, params }) => {
        const id = idPart(params.id, 'API key')
        await change(deps, (trx, stamp) => revokeTenantKey(trx, stamp, ownerOf(caller), id))
        return noContent()
      },
      documented({
        summary: 'Revoke API key',
        description: 'Invalid from the next request on. A key may revoke itself.',
        tags,
        replies: { 204: null },
        failures: [401, 403, 404, 429, 503],
      }),
    )
}

/** A secret that is told again is handed out again: to a key that could still do so. @throws AresError `forbidden` */
async function requireGrantStill(
  { db }: KeyRouteDeps,
  { tenantId, keyId, powers }: Caller,
  body: unknown,
): Promise<void> {
  const { key } = asObject(body)
  if (!powers || typeof key !== 'string') return
  const grantor = found(await findKey(db, tenantId, keyId), 'API key')
  const created = await findKey(db, tenantId, key)
  // One that was revoked since can do nothing any more.
  if (created) requireGrant(grantor, created)
}

function ownerOf({ tenantId, tenantName, keyId }: Caller): KeyOwner {
  return { tenantId, tenantName, actor: `tenant:${tenantName}`, keyId }
}
