import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/paging.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { type Column, sortingOf, Table } from '../parts/table.tsx'
import { link, place, setTypedFilter } from '../router.ts'
import { agentColumns } from './agent-table.tsx'

type Agent = Reply<'GET /api/admin/agent-list'>['agents'][number]

const PER_PAGE = 50

/** The agents of all tenants. */
export function Agents() {
  const { query } = place.value
  const sorting = sortingOf(columns, 'tenant')
  const filter = {
    q: query.get('q'),
    ...sorting,
    page: query.get('page'),
    per_page: PER_PAGE,
  }
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
          onSearch={(q) => setTypedFilter({ q })}
        />
      </div>
      <div class="card">
        <Loaded from={list} rows={8}>
          {({ agents, total, page, per_page }) => (
            <>
              <Table
                label="Agents"
                rows={agents}
                rowKey={(row) => row.id}
                columns={columns}
                sorting={sorting}
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

const columns: Column<Agent>[] = [
  {
    head: 'Tenant',
    sort: { name: 'tenant', first: 'asc' },
    cell: (row) => <a href={link(`/tenants/${row.tenant_id}`)}>{row.tenant_name}</a>,
  },
  ...agentColumns<Agent>(({ tenant_id, name }) => link(`/tenants/${tenant_id}/agents/${name}`)),
]

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
