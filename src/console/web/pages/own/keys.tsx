import { call } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { Page } from '../../parts/page.tsx'
import { place } from '../../router.ts'
import { mayUse, session } from '../../session.ts'
import type { KnownNames } from '../keys/key-fields.tsx'
import { type KeyActions, KeyList } from '../keys/key-list.tsx'

/** The tenant's own keys. */
export function OwnKeys() {
  const keys = useResource('own keys', (signal) => call('GET /v1/api-keys', { signal }), {
    everyMs: OWN_LIVE_MS,
  })
  return (
    <Page title="API keys">
      <KeyList
        title="Live and expired keys"
        keys={keys}
        actions={actions}
        // No key hands out more than it has itself.
        powers={session.value?.kind === 'tenant' ? session.value.me.key.powers : undefined}
        creating={place.value.query.get('new') !== null}
      />
    </Page>
  )
}

const actions: KeyActions = {
  create: async (body, once) => (await call('POST /v1/api-keys', { body, once })).secret,
  update: (id, body) => call('PATCH /v1/api-keys/{id}', { path: { id }, body }),
  rotate: (id, body, once) => call('POST /v1/api-keys/{id}/rotate', { path: { id }, body, once }),
  revoke: (id) => call('DELETE /v1/api-keys/{id}', { path: { id } }),
  choices: { of: 'own', load: namesOf },
}

/** What the key that signed in can see; without the scope to read, nothing. */
async function namesOf(signal: AbortSignal): Promise<KnownNames> {
  if (!mayUse('read')) return { agents: [], models: [] }
  const [{ agents }, { data }] = await Promise.all([
    call('GET /v1/agents', { query: { per_page: 100 }, signal }),
    call('GET /v1/models', { signal }),
  ])
  // The list of the compatible API has the agents, too.
  const models = data.map(({ id }) => id).filter((id) => !id.startsWith('agent:'))
  return { agents: agents.map(({ name }) => name), models }
}
