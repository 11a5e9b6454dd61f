import { type AnyElysia, Elysia } from 'elysia'
import { change } from '../db/changes.ts'
import type { Db } from '../db/tables.ts'
import { documented } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { jsonBody } from '../http/json-body.ts'
import { noContent } from '../http/no-content.ts'
import { found } from '../errors.ts'
import { idPart } from '../http/path-parts.ts'
import { createOnce } from '../idempotency/once.ts'
import { findTenant } from '../tenants/store.ts'
import { createKey, type KeyOwner, revokeTenantKey } from './manage-key.ts'
import { checkPowers } from './power-fields.ts'
import type { KeyRouteDeps } from './routes.ts'
import { rotateKey } from './rotate-key.ts'
import {
  AdminCreatedKey,
  AdminRotatedKeyReply,
  CreateKey,
  KeyItem,
  KeyList,
  RotateKey,
  toAdminCreatedKey,
  toAdminRotatedKey,
  toKeyItem,
  UpdateKey,
} from './schema.ts'
import { listKeys } from './store.ts'
import { changeKey } from './update-key.ts'

const tags: [string] = ['API keys']

/** Any tenant's keys, for operators. Source: Admin API, "API Keys"; contract 4.3. */
export function keyAdminRoutes(deps: KeyRouteDeps): AnyElysia {
  return new Elysia({ name: 'key-admin' })
    .use(adminGuard)
    .post(
      '/tenants/:id/api-keys',
      ({ params, body, request, admission, set }) =>
        createOnce(deps, { request, admission, set }, async (trx, stamp) => {
          checkPowers(deps.catalog, body)
          const owner = await ownerOf(trx, params.id)
          const { key, secret } = await createKey(trx, stamp, owner, body)
          return toAdminCreatedKey(key, secret)
        }),
      {
        ...jsonBody(CreateKey),
        ...documented({
          summary: 'Create API key for tenant',
          description: 'At most 100 live keys a tenant. `raw_key` is returned only once.',
          tags,
          once: true,
          replies: { 201: AdminCreatedKey },
          failures: [400, 401, 404, 409, 413, 415, 422, 503],
        }),
      },
    )
    .get(
      '/tenants/:id/api-keys',
      async ({ params }) => {
        const { tenantId } = await ownerOf(deps.db, params.id)
        return { keys: (await listKeys(deps.db, tenantId)).map(toKeyItem) }
      },
      documented({
        summary: 'List API keys for tenant',
        tags,
        replies: { 200: KeyList },
        failures: [401, 404],
      }),
    )
    .patch(
      '/tenants/:id/api-keys/:key_id',
      async ({ params, body }) => {
        checkPowers(deps.catalog, body)
        const key = await change(deps, async (trx, stamp) => {
          const owner = await ownerOf(trx, params.id)
          return changeKey(trx, stamp, owner, idPart(params.key_id, 'API key'), body)
        })
        return toKeyItem(key)
      },
      {
        ...jsonBody(UpdateKey),
        ...documented({
          summary: 'Change API key of tenant',
          description:
            'Only what is given changes; null removes a limit. Counts from the next request of the key on.',
          tags,
          replies: { 200: KeyItem },
          failures: [400, 401, 404, 409, 413, 415, 422, 503],
        }),
      },
    )
    .post(
      '/tenants/:id/api-keys/:key_id/rotate',
      ({ params, body, request, admission, set }) =>
        createOnce(deps, { request, admission, set }, async (trx, stamp) => {
          const owner = await ownerOf(trx, params.id)
          const id = idPart(params.key_id, 'API key')
          return toAdminRotatedKey(await rotateKey(trx, stamp, owner, id, body))
        }),
      {
        ...jsonBody(RotateKey),
        ...documented({
          summary: 'Rotate API key of tenant',
          description:
            'A new key in the place of the old one: same name, powers and count of what was spent.',
          tags,
          once: true,
          replies: { 201: AdminRotatedKeyReply },
          failures: [400, 401, 404, 409, 413, 415, 422, 503],
        }),
      },
    )
    .delete(
      '/tenants/:id/api-keys/:key_id',
      async ({ params }) => {
        await change(deps, async (trx, stamp) => {
          const owner = await ownerOf(trx, params.id)
          await revokeTenantKey(trx, stamp, owner, idPart(params.key_id, 'API key'))
        })
        return noContent()
      },
      documented({
        summary: 'Revoke API key of tenant',
        tags,
        replies: { 204: null },
        failures: [401, 404, 503],
      }),
    )
}

async function ownerOf(db: Db, id: string): Promise<KeyOwner> {
  const tenant = found(await findTenant(db, idPart(id, 'tenant')), 'tenant')
  return { tenantId: tenant.id, tenantName: tenant.name, actor: 'admin' }
}
