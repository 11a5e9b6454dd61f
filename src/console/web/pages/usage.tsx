import { useState } from 'preact/hooks'
import { call, type Query, type Reply, send } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { brief, count, money } from '../format.ts'
import { DayChart } from '../parts/chart.tsx'
import { Select } from '../parts/form.tsx'
import { Card, Page } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { say, sayFailure } from '../parts/toast.tsx'
import { link, place, setFilter } from '../router.ts'
import { RunsByDay } from './runs-by-day.tsx'
import { TenantSelect } from './tenant-select.tsx'

type Series = Reply<'GET /api/admin/series'>
type Row = Series['rows'][number]

const SPANS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '366', label: 'a year' },
]

/** What was used: by day, model and tenant, and as a file. */
export function Usage() {
  const { query } = place.value
  const days = query.get('days') ?? '30'
  const tenantId = query.get('tenant_id') ?? ''
  const filter = { days, tenant_id: tenantId }
  return (
    <Page title="Usage" actions={<Download filter={filter} />}>
      <div class="filters">
        <Select
          label="Time"
          value={days}
          options={SPANS}
          onChange={(span) => setFilter({ days: span })}
        />
        <TenantSelect value={tenantId} onChange={(tenant_id) => setFilter({ tenant_id })} />
      </div>
      <ByDay filter={filter} />
      <Card title="By model">
        <Ranking filter={filter} by="model" />
      </Card>
      {tenantId === '' && (
        <Card title="By tenant">
          <Ranking filter={filter} by="tenant" />
        </Card>
      )}
    </Page>
  )
}

function useSeries(filter: Query, by: 'day' | 'model' | 'tenant') {
  const query = { ...filter, by, ...(by !== 'day' && { limit: 50 }) }
  return useResource(
    `series ${JSON.stringify(query)}`,
    (signal) => call('GET /api/admin/series', { query, signal }),
    { everyMs: LIVE_MS * 2 },
  )
}

function ByDay({ filter }: { filter: Query }) {
  const series = useSeries(filter, 'day')
  return (
    <div class="columns">
      <Card title="Runs per day" padded>
        <Loaded from={series}>{({ rows }) => <RunsByDay rows={rows} />}</Loaded>
      </Card>
      <Card title="Tokens per day" padded>
        <Loaded from={series}>
          {({ rows }) => (
            <DayChart
              unit="tokens"
              days={rows.map((row) => ({
                date: row.date ?? '',
                value: row.input_tokens + row.output_tokens,
              }))}
            />
          )}
        </Loaded>
      </Card>
    </div>
  )
}

const figures: Column<Row>[] = [
  { head: 'Runs', as: 'number', cell: (row) => count(row.runs) },
  { head: 'Failed', as: 'number wide', cell: (row) => count(row.failed_runs) },
  { head: 'Tokens in', as: 'number', cell: (row) => brief(row.input_tokens) },
  { head: 'Tokens out', as: 'number', cell: (row) => brief(row.output_tokens) },
  { head: 'Cost', as: 'number wide', cell: (row) => money(row.cost_micro_usd) },
]

function Ranking({ filter, by }: { filter: Query; by: 'model' | 'tenant' }) {
  const series = useSeries(filter, by)
  const first: Column<Row> =
    by === 'model'
      ? { head: 'Model', cell: (row) => <code>{row.model}</code> }
      : {
          head: 'Tenant',
          cell: (row) => <a href={link(`/tenants/${row.tenant_id}`)}>{row.tenant_name}</a>,
        }
  return (
    <Loaded from={series}>
      {({ rows }) => (
        <Table
          label={`Usage by ${by}`}
          rows={rows}
          rowKey={(row) => row.model ?? row.tenant_id ?? ''}
          columns={[first, ...figures]}
          empty={<Empty title="Nothing was used in this time" />}
        />
      )}
    </Loaded>
  )
}

/** The same figures as a file: a link could not carry the credential. */
function Download({ filter }: { filter: Query }) {
  const [busy, setBusy] = useState(false)
  const download = async () => {
    setBusy(true)
    try {
      const response = await send('GET /api/admin/usage.csv', { query: filter })
      const address = URL.createObjectURL(await response.blob())
      const anchor = document.createElement('a')
      anchor.href = address
      anchor.download = `ares-usage-${new Date().toISOString().slice(0, 10)}.csv`
      anchor.click()
      setTimeout(() => URL.revokeObjectURL(address), 10_000)
      say('The file is downloaded.')
    } catch (error) {
      sayFailure(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <button type="button" class="button" disabled={busy} onClick={() => void download()}>
      {busy ? 'Preparing…' : 'Download CSV'}
    </button>
  )
}
