import { call, type Reply } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { count } from '../../format.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Badge, Loaded } from '../../parts/status.tsx'
import { Ago, Moment } from '../../parts/time.tsx'
import { SCOPES } from '../keys/key-draft.ts'
import { Facts } from '../../parts/facts.tsx'

type Me = Reply<'GET /v1/me'>
type FactList = Parameters<typeof Facts>[0]['facts']

/** The key that signed in: whose it is, what it may do, and how much. */
export function OwnKey() {
  const me = useResource('me', (signal) => call('GET /v1/me', { signal }), {
    everyMs: OWN_LIVE_MS,
  })
  return (
    <Page title="This key" badges={me.data?.key.powers && <Badge>limited</Badge>}>
      <Loaded from={me}>
        {(data) => (
          <div class="columns">
            <Card title="API key" padded>
              <Facts facts={identityOf(data)} />
            </Card>
            <Card title="What it may do" padded>
              <Facts facts={powersOf(data)} />
            </Card>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function identityOf({ tenant, key }: Me): FactList {
  return [
    ['Name', key.name],
    ['Key', <code key="prefix">{key.prefix}…</code>],
    ['Tenant', tenant.name],
    ['Tier', tenant.tier],
    ['Created', <Ago key="created" at={key.created_at} />],
    ['Expires', key.expires_at === null ? 'never' : <Moment key="end" at={key.expires_at} />],
  ]
}

function powersOf({ key: { powers }, limits }: Me): FactList {
  const may = powers?.scopes?.map((scope) => SCOPES[scope]).join('; ')
  return [
    ['May', may ?? 'everything'],
    ['Agents', namesOf(powers?.allowed_agents, 'every agent')],
    ['Models', namesOf(powers?.allowed_models, 'every model')],
    ['Networks', namesOf(powers?.allowed_networks, 'from everywhere')],
    ['Runs a month', capOf(powers?.runs_per_month, limits.runs_per_month)],
    ['Tokens a month', capOf(powers?.tokens_per_month, limits.tokens_per_month)],
    ['Requests a minute', capOf(null, limits.requests_per_minute)],
  ]
}

function namesOf(names: string[] | null | undefined, all: string): string {
  if (!names) return all
  return names.length === 0 ? 'none' : names.join(', ')
}

/** What the key itself may spend, or else what its tenant may. */
function capOf(own: number | null | undefined, tenant: number | null): string {
  if (own !== null && own !== undefined) return count(own)
  return tenant === null ? 'no limit' : `${count(tenant)}, with all keys of the tenant`
}
