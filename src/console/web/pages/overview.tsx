import type { ComponentChildren } from 'preact'
import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { brief, count, milliseconds, money, share } from '../format.ts'
import { Card, Page } from '../parts/page.tsx'
import { Badge, Empty, Loaded } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { link } from '../router.ts'
import { AlertTable } from './alert-table.tsx'
import { RunsByDay } from './runs-by-day.tsx'

type Report = Reply<'GET /api/admin/overview'>

/** How the platform is doing, today and over thirty days. */
export function Overview() {
  const report = useResource('overview', (signal) => call('GET /api/admin/overview', { signal }), {
    everyMs: LIVE_MS,
  })
  const series = useResource(
    'series',
    (signal) => call('GET /api/admin/series', { query: { days: 30 }, signal }),
    { everyMs: LIVE_MS * 6 },
  )
  return (
    <Page title="Overview">
      <Loaded from={report}>{(data) => <Tiles report={data} />}</Loaded>
      <Card title="Runs per day" padded>
        <Loaded from={series}>{({ rows }) => <RunsByDay rows={rows} />}</Loaded>
      </Card>
      <div class="columns">
        <Card title="Top tenants, 30 days" actions={<a href={link('/tenants')}>All tenants</a>}>
          <Loaded from={report}>{(data) => <TopTenants report={data} />}</Loaded>
        </Card>
        <Card title="Providers" actions={<a href={link('/models')}>Models</a>}>
          <Loaded from={report}>{(data) => <Providers report={data} />}</Loaded>
        </Card>
      </div>
      <OpenAlerts />
    </Page>
  )
}

function Tiles({ report }: { report: Report }) {
  const { today, month, latency, running } = report
  return (
    <div class="tiles">
      <Tile label="Runs today (UTC)" value={count(today.runs)}>
        {count(running)} running · {brief(month.runs)} in 30 days
      </Tile>
      <Tile label="Tokens today (UTC)" value={brief(today.tokens)}>
        {brief(month.tokens)} in 30 days
        {month.cost_micro_usd !== null && ` · ${money(month.cost_micro_usd)}`}
      </Tile>
      <Tile label="Failed today (UTC)" value={share(today.failed_runs, today.runs)}>
        <a href={link('/runs', { status: 'failed' })}>{count(today.failed_runs)} failed runs</a>
        {` · ${share(month.failed_runs, month.runs)} in 30 days`}
      </Tile>
      <Tile label="Median run" value={milliseconds(latency.p50_ms)}>
        p95 {milliseconds(latency.p95_ms)} ·{' '}
        <span title={`p95 ${milliseconds(latency.overhead_p95_ms)}`}>
          overhead {milliseconds(latency.overhead_p50_ms)}
        </span>
      </Tile>
    </div>
  )
}

function Tile(props: { label: string; value: string; children: ComponentChildren }) {
  return (
    <section class="card tile">
      <h2 class="muted">{props.label}</h2>
      <strong>{props.value}</strong>
      <small>{props.children}</small>
    </section>
  )
}

function TopTenants({ report }: { report: Report }) {
  return (
    <Table
      label="Top tenants"
      rows={report.top_tenants}
      rowKey={(row) => row.tenant_id}
      columns={[
        {
          head: 'Tenant',
          cell: (row) => <a href={link(`/tenants/${row.tenant_id}`)}>{row.tenant_name}</a>,
        },
        { head: 'Runs', as: 'number', cell: (row) => brief(row.runs) },
        { head: 'Tokens', as: 'number', cell: (row) => brief(row.tokens) },
      ]}
      empty={
        <Empty title="No runs yet">
          Provision a client, and its runs are counted here.
          <a class="button primary" href={link('/tenants', { new: 'client' })}>
            Provision a client
          </a>
        </Empty>
      }
    />
  )
}

function Providers({ report }: { report: Report }) {
  return (
    <Table
      label="Providers"
      rows={report.providers}
      rowKey={(row) => row.name}
      columns={[
        { head: 'Provider', cell: (row) => row.name },
        { head: 'Type', cell: (row) => row.type, as: 'wide' },
        { head: 'Models', as: 'number', cell: (row) => count(row.models) },
        { head: 'State', cell: (row) => <ProviderState provider={row} /> },
      ]}
      empty={<Empty title="No providers are configured" />}
    />
  )
}

/** Whether a provider can be called, in a word. */
export function ProviderState({ provider }: { provider: Report['providers'][number] }) {
  if (!provider.enabled) return <Badge>off</Badge>
  if (!provider.available) return <Badge tone="warn">key missing</Badge>
  return <Badge tone={TONES[provider.state]}>{stateInWords(provider)}</Badge>
}

const TONES = {
  never_called: 'plain',
  healthy: 'good',
  failing: 'bad',
  key_refused: 'bad',
  unreachable: 'bad',
} as const

function stateInWords({ state, recent_calls, recent_failures }: Report['providers'][number]) {
  const some = recent_failures > 0 ? ` (${recent_failures} of the last ${recent_calls} failed)` : ''
  if (state === 'healthy') return `healthy${some}`
  return state === 'failing' ? `failing${some}` : state.replace('_', ' ')
}

function OpenAlerts() {
  const alerts = useResource(
    'open alerts',
    (signal) => call('GET /api/admin/alerts', { query: { resolved: false, limit: 5 }, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Card title="Open alerts" actions={<a href={link('/alerts')}>All alerts</a>}>
      <Loaded from={alerts} rows={2}>
        {(data) => (
          <AlertTable
            alerts={data.alerts}
            onChange={alerts.reload}
            empty={
              <Empty title="Nothing needs you">Quotas, providers and the disk are fine.</Empty>
            }
          />
        )}
      </Loaded>
    </Card>
  )
}
