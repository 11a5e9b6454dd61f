import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { count } from '../format.ts'
import { Select } from '../parts/form.tsx'
import { Icon } from '../parts/icons.tsx'
import { Page } from '../parts/page.tsx'
import { Pages } from '../parts/paging.tsx'
import { QuotaCell } from '../parts/quota-bar.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Badge, Empty, Loaded, StatusBadge } from '../parts/status.tsx'
import { type Column, sortingOf, Table } from '../parts/table.tsx'
import { Ago } from '../parts/time.tsx'
import { link, place, setFilter, setQuery, setTypedFilter } from '../router.ts'
import { CreateTenant } from './create-tenant.tsx'
import { ProvisionClient } from './provision-client.tsx'

type Tenant = Reply<'GET /api/admin/tenant-list'>['tenants'][number]

const STATUSES = [
  { value: '', label: 'any status' },
  { value: 'active', label: 'active' },
  { value: 'suspended', label: 'suspended' },
]
const PER_PAGE = 50

/** The clients: search, sort, provision, create. */
export function Tenants() {
  const { query } = place.value
  const sorting = sortingOf(columns, 'name')
  const filter = {
    q: query.get('q'),
    status: query.get('status'),
    ...sorting,
    page: query.get('page'),
    per_page: PER_PAGE,
  }
  const list = useResource(
    `tenants ${JSON.stringify(filter)}`,
    (signal) => call('GET /api/admin/tenant-list', { query: filter, signal }),
    { everyMs: LIVE_MS },
  )
  const close = () => {
    setQuery({ new: null })
    list.reload()
  }
  return (
    <Page title="Tenants" actions={<NewButtons />}>
      <div class="filters">
        <SearchField
          label="Search by name"
          value={filter.q ?? ''}
          onSearch={(q) => setTypedFilter({ q })}
        />
        <Select
          label="Status"
          value={filter.status ?? ''}
          options={STATUSES}
          onChange={(status) => setFilter({ status })}
        />
      </div>
      <div class="card">
        <Loaded from={list} rows={8}>
          {({ tenants, total, page, per_page }) => (
            <>
              <Table
                label="Tenants"
                rows={tenants}
                rowKey={(row) => row.id}
                columns={columns}
                sorting={sorting}
                empty={<NoTenants filtered={Boolean(filter.q ?? filter.status)} />}
              />
              <Pages page={page} perPage={per_page} total={total} />
            </>
          )}
        </Loaded>
      </div>
      {query.get('new') === 'client' && <ProvisionClient onClose={close} />}
      {query.get('new') === 'tenant' && <CreateTenant onClose={close} />}
    </Page>
  )
}

function NewButtons() {
  return (
    <>
      <button type="button" class="button" onClick={() => setQuery({ new: 'tenant' })}>
        Create tenant
      </button>
      <button type="button" class="button primary" onClick={() => setQuery({ new: 'client' })}>
        <Icon name="plus" /> Provision client
      </button>
    </>
  )
}

const columns: Column<Tenant>[] = [
  {
    head: 'Name',
    sort: { name: 'name', first: 'asc' },
    cell: (row) => (
      <span class="row">
        <a href={link(`/tenants/${row.id}`)}>{row.name}</a>
        {row.status === 'suspended' && <StatusBadge status={row.status} />}
      </span>
    ),
  },
  { head: 'Tier', cell: (row) => <Badge>{row.tier}</Badge> },
  { head: 'Agents', as: 'number wide', cell: (row) => count(row.agents) },
  { head: 'Keys', as: 'number wide', cell: (row) => count(row.keys) },
  {
    head: 'Runs this month',
    as: 'number',
    sort: { name: 'runs_month', first: 'desc' },
    cell: (row) => <QuotaCell used={row.runs_month} limit={row.runs_limit} />,
  },
  {
    head: 'Tokens this month',
    as: 'number wide',
    sort: { name: 'tokens_month', first: 'desc' },
    cell: (row) => <QuotaCell used={row.tokens_month} limit={row.tokens_limit} />,
  },
  {
    head: 'Created',
    as: 'nowrap wide',
    sort: { name: 'created_at', first: 'desc' },
    cell: (row) => <Ago at={row.created_at} />,
  },
]

function NoTenants({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No tenant fits">
        <a class="button" href={link('/tenants')}>
          Show all
        </a>
      </Empty>
    )
  }
  return (
    <Empty title="No tenants yet">
      Provisioning makes a tenant, its agents and its first API key in one step.
      <button type="button" class="button primary" onClick={() => setQuery({ new: 'client' })}>
        Provision a client
      </button>
    </Empty>
  )
}
