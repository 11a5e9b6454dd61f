import type { ComponentChildren } from 'preact'
import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { brief, bytes, count, duration, NONE } from '../format.ts'
import { Card, Page } from '../parts/page.tsx'
import { Badge, Empty, Loaded } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { Moment } from '../parts/time.tsx'
import { Facts } from '../parts/facts.tsx'

type Report = Reply<'GET /api/admin/settings'>

/** What this server runs with; it is changed in `ares.toml`. */
export function Settings() {
  const report = useResource('settings', (signal) => call('GET /api/admin/settings', { signal }), {
    everyMs: LIVE_MS * 2,
  })
  return (
    <Page title="Settings">
      <Loaded from={report} rows={12}>
        {(data) => (
          <>
            <UntrustedProxies peers={data.untrusted_proxies} />
            <div class="columns">
              <Server report={data} />
              <Database report={data} />
            </div>
            <Tiers report={data} />
            <Configuration report={data} />
            <Providers report={data} />
            <Tools report={data} />
            <Templates report={data} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Behind a proxy that is not trusted, everybody has its address. */
function UntrustedProxies({ peers }: { peers: string[] }) {
  if (peers.length === 0) return null
  return (
    <div class="notice warn">
      <div>
        Not trusted, but telling of clients: <code>{peers.join(', ')}</code>. What is a proxy of
        yours belongs in <code>trusted_proxies</code> of <code>[server]</code>; until then its
        address is that of all its clients.
      </div>
    </div>
  )
}

function Server({ report }: { report: Report }) {
  const { version, node, started_at, uptime_s, configuration } = report
  return (
    <Card title="Server" padded>
      <Facts
        facts={[
          ['Version', version],
          ['Node', node],
          ['Started', <Moment key="started" at={started_at} />],
          ['Running for', duration(uptime_s)],
          [
            'Configuration',
            configuration.source === 'file' ? 'a file' : 'the built-in sample (no ares.toml)',
          ],
        ]}
      />
    </Card>
  )
}

function Database({ report: { database } }: { report: Report }) {
  return (
    <Card title="Database" padded>
      <Facts
        facts={[
          ['Kind', database.kind],
          ['Size', bytes(database.size_bytes)],
          ['Write-ahead log', bytes(database.log_bytes)],
          ['Free on its disk', bytes(database.disk_free_bytes)],
          ['Schema', database.schema_version],
        ]}
      />
    </Card>
  )
}

function limit(value: number | null): string {
  return value === null ? 'no limit' : count(value)
}

function Tiers({ report }: { report: Report }) {
  return (
    <Card title="Tiers">
      <Table
        label="Tiers"
        rows={Object.entries(report.tiers)}
        rowKey={([name]) => name}
        columns={[
          { head: 'Tier', cell: ([name]) => <Badge>{name}</Badge> },
          { head: 'Runs a month', as: 'number', cell: ([, tier]) => limit(tier.runs_per_month) },
          {
            head: 'Tokens a month',
            as: 'number',
            cell: ([, tier]) => limit(tier.tokens_per_month),
          },
          {
            head: 'Requests a minute',
            as: 'number',
            cell: ([, tier]) => limit(tier.requests_per_minute),
          },
        ]}
        empty={<Empty title="No tiers" />}
      />
    </Card>
  )
}

const SECTIONS = ['server', 'admin', 'database', 'defaults', 'retention'] as const

function Configuration({ report: { configuration } }: { report: Report }) {
  return (
    <div class="flow">
      {SECTIONS.map((name) => (
        <Section key={name} name={name} values={configuration[name]} />
      ))}
    </div>
  )
}

function Section({ name, values }: { name: string; values: object }) {
  return (
    <Card title={`[${name}]`} padded>
      <Facts facts={Object.entries(values).map(([key, value]) => [key, scalar(key, value)])} />
    </Card>
  )
}

/** A configured value; secrets come as `set` or `missing`. */
function scalar(name: string, value: unknown): ComponentChildren {
  if (value === null) return name.endsWith('_disk_bytes') ? 'by the size of the disk' : NONE
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value === 'number') return name.endsWith('_bytes') ? bytes(value) : count(value)
  if (value === 'missing') return 'not set'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function Providers({ report: { configuration } }: { report: Report }) {
  return (
    <Card title="[[providers]]">
      <Table
        label="Configured providers"
        rows={configuration.providers}
        rowKey={(row) => row.name}
        columns={[
          {
            head: 'Provider',
            cell: (row) => (
              <span class="row">
                {row.name} {!row.enabled && <Badge>off</Badge>}
              </span>
            ),
          },
          { head: 'Type', cell: (row) => row.type },
          { head: 'Key', cell: (row) => scalar('api_key', row.api_key) },
          { head: 'Proxy', cell: (row) => (row.proxy === 'set' ? 'set' : NONE) },
          {
            head: 'Models',
            cell: (row) => <code>{row.models.map(({ id }) => id).join(', ')}</code>,
          },
          {
            head: 'Deadline',
            as: 'number wide',
            cell: (row) => `${count(row.timeout_ms / 1000)} s`,
          },
          { head: 'Retries', as: 'number wide', cell: (row) => count(row.max_retries) },
          { head: 'At once', as: 'number wide', cell: (row) => brief(row.max_in_flight) },
        ]}
        empty={<Empty title="No providers are configured" />}
      />
    </Card>
  )
}

function Tools({ report: { tools } }: { report: Report }) {
  return (
    <Card title="Tools">
      <Table
        label="Tools"
        rows={tools}
        rowKey={(row) => row.name}
        columns={[
          { head: 'Tool', cell: (row) => <code>{row.name}</code> },
          { head: 'What models are told', cell: (row) => <small>{row.description}</small> },
        ]}
        empty={<Empty title="No tools" />}
      />
    </Card>
  )
}

function Templates({ report: { product_types } }: { report: Report }) {
  const rows = product_types.flatMap(({ product_type, templates }) =>
    templates.map((template) => ({ product_type, ...template })),
  )
  return (
    <Card title="Agent templates">
      <Table
        label="Agent templates"
        rows={rows}
        rowKey={(row) => `${row.product_type} ${row.name}`}
        columns={[
          { head: 'Product type', cell: (row) => row.product_type },
          { head: 'Agent', cell: (row) => row.name },
          { head: 'Type', as: 'wide', cell: (row) => row.agent_type },
          { head: 'Model', cell: (row) => <code>{row.config.model}</code> },
          {
            head: 'Tools',
            as: 'wide',
            cell: (row) => (row.config.tools ?? []).join(', ') || NONE,
          },
        ]}
        empty={<Empty title="No templates" />}
      />
    </Card>
  )
}
