import { call } from '../../api/client.ts'
import { LIVE_MS, useResource } from '../../api/resource.ts'
import type { KnownNames } from './key-fields.tsx'
import { type KeyActions, KeyList } from './key-list.tsx'

/** The keys of a tenant, for operators. */
export function KeyCard({ tenantId }: { tenantId: string }) {
  const keys = useResource(
    `keys ${tenantId}`,
    (signal) => call('GET /api/admin/tenants/{id}/api-keys', { path: { id: tenantId }, signal }),
    { everyMs: LIVE_MS * 2 },
  )
  return <KeyList keys={keys} actions={actionsFor(tenantId)} />
}

function actionsFor(id: string): KeyActions {
  return {
    create: async (body, once) => {
      const made = await call('POST /api/admin/tenants/{id}/api-keys', { path: { id }, body, once })
      return made.raw_key
    },
    update: (key_id, body) =>
      call('PATCH /api/admin/tenants/{id}/api-keys/{key_id}', { path: { id, key_id }, body }),
    rotate: async (key_id, body, once) => {
      const { raw_key, old_key_expires_at } = await call(
        'POST /api/admin/tenants/{id}/api-keys/{key_id}/rotate',
        { path: { id, key_id }, body, once },
      )
      return { secret: raw_key, old_key_expires_at }
    },
    revoke: (key_id) =>
      call('DELETE /api/admin/tenants/{id}/api-keys/{key_id}', { path: { id, key_id } }),
    choices: { of: id, load: (signal) => namesOf(id, signal) },
  }
}

async function namesOf(id: string, signal: AbortSignal): Promise<KnownNames> {
  const [{ agents }, { models }] = await Promise.all([
    call('GET /api/admin/tenants/{id}/agents', { path: { id }, signal }),
    call('GET /api/admin/models', { signal }),
  ])
  return { agents: agents.map(({ name }) => name), models: models.map((model) => model.id) }
}
