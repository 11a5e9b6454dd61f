import { call, type Query, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { Select } from '../parts/form.tsx'
import { Page } from '../parts/page.tsx'
import { Older } from '../parts/paging.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { Moment } from '../parts/time.tsx'
import { link, place, setFilter, setTypedFilter } from '../router.ts'
import type { Powers } from './keys/key-draft.ts'
import { limitsOf } from './keys/limits.tsx'
import { TenantSelect } from './tenant-select.tsx'

type LogPage = Reply<'GET /api/admin/audit-log'>
type Entry = LogPage['entries'][number]

const ACTIONS = [
  'tenant.created',
  'tenant.updated',
  'tenant.quota_updated',
  'tenant.deleted',
  'agent.created',
  'agent.updated',
  'agent.deleted',
  'api_key.created',
  'api_key.updated',
  'api_key.rotated',
  'api_key.revoked',
  'alert.resolved',
  'admin.auth_failed',
  'model.tested',
  'playground.used',
]
const LIMIT = 50
const MAX_STEPS = 25

/** Who changed what, newest first. */
export function Audit() {
  const { query } = place.value
  const cursor = query.get('cursor')
  const filter = {
    action: query.get('action'),
    actor: query.get('actor'),
    tenant_id: query.get('tenant_id'),
    cursor,
  }
  const log = useResource(
    `audit ${JSON.stringify(filter)}`,
    (signal) => loadEntries(filter, signal),
    { everyMs: cursor === null ? LIVE_MS : 0 },
  )
  return (
    <Page title="Audit">
      <div class="filters">
        <Select
          label="Action"
          value={filter.action ?? ''}
          options={[
            { value: '', label: 'any action' },
            ...ACTIONS.map((value) => ({ value, label: value })),
          ]}
          onChange={(action) => setFilter({ action })}
        />
        <SearchField
          label="Actor"
          value={filter.actor ?? ''}
          suggestions={['admin', 'system', 'import']}
          onSearch={(actor) => setTypedFilter({ actor })}
        />
        <TenantSelect
          value={filter.tenant_id ?? ''}
          onChange={(tenant_id) => setFilter({ tenant_id })}
        />
      </div>
      <div class="card">
        <Loaded from={log} rows={10}>
          {(data) => (
            <>
              <Entries entries={data.entries} />
              <Older cursor={cursor} next={data.next_cursor} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  )
}

/** A whole page, although the server filters in bounded steps. */
async function loadEntries(filter: Query, signal: AbortSignal): Promise<LogPage> {
  const ask = (more: Query) =>
    call('GET /api/admin/audit-log', { query: { ...filter, ...more }, signal })
  let page = await ask({ limit: LIMIT })
  for (let step = 1; step < MAX_STEPS; step++) {
    if (page.next_cursor === null || page.entries.length >= LIMIT) break
    const next = await ask({ cursor: page.next_cursor, limit: LIMIT - page.entries.length })
    page = { ...next, entries: [...page.entries, ...next.entries] }
  }
  return page
}

function Entries({ entries }: { entries: Entry[] }) {
  return (
    <Table
      label="Audit log"
      rows={entries}
      rowKey={(row) => row.id}
      columns={[
        { head: 'When', as: 'nowrap wide', cell: (row) => <Moment at={row.timestamp} /> },
        {
          head: 'Action',
          as: 'nowrap',
          cell: (row) => (
            <>
              <code>{row.action}</code>
              <small class="narrow muted">
                <Moment at={row.timestamp} />
              </small>
            </>
          ),
        },
        { head: 'Actor', as: 'wide', cell: (row) => row.actor },
        { head: 'What', cell: (row) => <Details entry={row} /> },
      ]}
      empty={
        <Empty title="No entry fits">
          <a class="button" href={link('/audit')}>
            Show all
          </a>
        </Empty>
      }
    />
  )
}

/** What an entry concerns, as names and values. */
function Details({ entry: { details } }: { entry: Entry }) {
  const { tenant_id, tenant_name, changed, before, after, ...rest } = details
  return (
    <span class="row details">
      {typeof tenant_name === 'string' && (
        <a href={link(`/tenants/${String(tenant_id)}`)}>{tenant_name}</a>
      )}
      {Object.entries(rest)
        .filter(([name]) => !name.endsWith('_id'))
        .map(([name, value]) => (
          <span key={name}>
            <span class="muted">{name.replaceAll('_', ' ')}</span>{' '}
            {name === 'powers' ? limitsOf(value as Powers).join(' · ') : shown(value)}
          </span>
        ))}
      {Array.isArray(changed) &&
        changed.map((name: string) => (
          <span key={name}>
            <span class="muted">{name.replaceAll('_', ' ')}</span> {valueIn(before, name)} →{' '}
            {valueIn(after, name)}
          </span>
        ))}
    </span>
  )
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** One field of what an entry tells of a change. */
function valueIn(values: unknown, name: string): string {
  const value = (values as Record<string, unknown> | undefined)?.[name]
  return value === null || value === undefined ? 'none' : shown(value)
}
