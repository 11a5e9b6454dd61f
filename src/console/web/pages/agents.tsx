import { call } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/paging.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { link, place, setFilter } from '../router.ts'
import { AgentTable } from './agent-table.tsx'

const PER_PAGE = 50

/** The agents of all tenants. */
export function Agents() {
  const { query } = place.value
  const filter = { q: query.get('q'), page: query.get('page'), per_page: PER_PAGE }
  const list = useResource(
    `agents ${JSON.stringify(filter)}`,
    (signal) => call('GET /api/admin/agent-list', { query: filter, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Page title="Agents">
      <div class="filters">
        <SearchField
          label="Search by agent or tenant"
          value={filter.q ?? ''}
          onSearch={(q) => setFilter({ q })}
        />
      </div>
      <div class="card">
        <Loaded from={list} rows={8}>
          {({ agents, total, page, per_page }) => (
            <>
              <AgentTable
                agents={agents}
                hrefOf={(agent) => link(`/tenants/${agent.tenant_id}/agents/${agent.name}`)}
                first={{
                  head: 'Tenant',
                  cell: (row) => <a href={link(`/tenants/${row.tenant_id}`)}>{row.tenant_name}</a>,
                }}
                empty={<NoAgents filtered={filter.q !== null} />}
              />
              <Pages page={page} perPage={per_page} total={total} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  )
}

function NoAgents({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No agent fits">
        <a class="button" href={link('/agents')}>
          Show all
        </a>
      </Empty>
    )
  }
  return (
    <Empty title="No agents yet">
      Agents belong to tenants; provisioning a client makes its first ones.
      <a class="button primary" href={link('/tenants', { new: 'client' })}>
        Provision a client
      </a>
    </Empty>
  )
}
