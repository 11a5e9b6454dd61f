import { call, type Query } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { loadRuns } from '../api/run-pages.ts'
import { count } from '../format.ts'
import { Select } from '../parts/form.tsx'
import { Page } from '../parts/page.tsx'
import { Older } from '../parts/paging.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { link, place, setFilter, setTypedFilter } from '../router.ts'
import { RunTable } from './run-table.tsx'
import { TenantSelect } from './tenant-select.tsx'

const LIMIT = 50
export const RUN_STATUSES = [
  { value: '', label: 'any status' },
  { value: 'completed', label: 'completed' },
  { value: 'failed', label: 'failed' },
  { value: 'running', label: 'running' },
]
export const RUN_KINDS = [
  { value: '', label: 'any kind' },
  { value: 'run', label: 'run of an agent' },
  { value: 'chat', label: 'chat' },
  { value: 'completion', label: 'chat completion' },
  { value: 'text_completion', label: 'text completion' },
  { value: 'message', label: 'message' },
  { value: 'response', label: 'response' },
  { value: 'generation', label: 'generated content' },
  { value: 'embedding', label: 'embedding' },
]

/** Filters that stand in the address, so that a view of the runs can be passed on. */
const FILTERS = [
  'tenant_id',
  'agent',
  'kind',
  'status',
  'model',
  'from',
  'to',
  'q',
  'cursor',
] as const

/** Every run, newest first, by tenant, agent, kind, status, model, day and text. */
export function Runs() {
  const { query } = place.value
  const filter: Query = Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]))
  const cursor = query.get('cursor')
  const runs = useResource(
    `runs ${JSON.stringify(filter)}`,
    (signal) => loadRuns('GET /api/admin/runs', { ...filter, limit: LIMIT }, signal),
    // Older pages and searches stay as they are while they are read.
    { everyMs: cursor === null && !filter['q'] ? LIVE_MS : 0 },
  )
  return (
    <Page title="Runs">
      <Filters filter={filter} />
      <div class="card">
        <Loaded from={runs} rows={10}>
          {(data) => (
            <>
              <RunTable
                runs={data.runs}
                hrefOf={(run) => link(`/runs/${run.id}`)}
                second={{
                  head: 'Tenant',
                  cell: (row) => <a href={link(`/tenants/${row.tenant_id}`)}>{row.tenant_name}</a>,
                }}
                empty={<NoRuns filtered={FILTERS.some((name) => filter[name])} />}
              />
              {data.searched !== null && (
                <p class="paging muted" role="status">
                  {count(data.searched)} runs were searched for the text.
                </p>
              )}
              <Older cursor={cursor} next={data.next_cursor} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  )
}

function Filters({ filter }: { filter: Query }) {
  const models = useResource('models', (signal) => call('GET /api/admin/models', { signal }))
  const text = (name: string) => String(filter[name] ?? '')
  return (
    <div class="filters">
      <SearchField
        label="Text in input or output"
        value={text('q')}
        onSearch={(q) => setTypedFilter({ q })}
      />
      <TenantSelect
        value={text('tenant_id')}
        onChange={(tenant_id) => setFilter({ tenant_id, agent: null })}
      />
      <SearchField
        label="Agent"
        value={text('agent')}
        onSearch={(agent) => setTypedFilter({ agent })}
      />
      <Select
        label="Kind"
        value={text('kind')}
        options={RUN_KINDS}
        onChange={(kind) => setFilter({ kind })}
      />
      <Select
        label="Status"
        value={text('status')}
        options={RUN_STATUSES}
        onChange={(status) => setFilter({ status })}
      />
      <Select
        label="Model"
        value={text('model')}
        options={[
          { value: '', label: 'any model' },
          ...(models.data?.models ?? []).map(({ id }) => ({ value: id, label: id })),
        ]}
        onChange={(model) => setFilter({ model })}
      />
      <DayField label="From" value={text('from')} onChange={(from) => setFilter({ from })} />
      <DayField label="Before" value={text('to')} onChange={(to) => setFilter({ to })} />
      {FILTERS.some((name) => filter[name]) && (
        <a class="button plain" href={link('/runs')}>
          Clear
        </a>
      )}
    </div>
  )
}

function DayField(props: { label: string; value: string; onChange: (day: string) => void }) {
  const { label, value, onChange } = props
  return (
    <label class="row muted">
      {label}
      <input
        class="input"
        type="date"
        aria-label={`${label} (UTC day)`}
        title="UTC day"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  )
}

function NoRuns({ filtered }: { filtered: boolean }) {
  if (filtered) {
    return (
      <Empty title="No run fits">
        <a class="button" href={link('/runs')}>
          Clear the filters
        </a>
      </Empty>
    )
  }
  return (
    <Empty title="No runs yet">
      Every run and chat of every tenant appears here as it starts. Ask an agent in its playground,
      or run one with an API key.
      <a class="button primary" href={link('/agents')}>
        Choose an agent
      </a>
    </Empty>
  )
}
