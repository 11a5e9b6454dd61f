import { useState } from 'preact/hooks'
import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, type Resource, useResource } from '../api/resource.ts'
import { brief, count, moment, utcDay } from '../format.ts'
import { DayChart } from '../parts/chart.tsx'
import { Card, Page } from '../parts/page.tsx'
import { QuotaBar } from '../parts/quota-bar.tsx'
import { Badge, Empty, Loaded, StatusBadge } from '../parts/status.tsx'
import { link } from '../router.ts'
import { AgentTable } from './agent-table.tsx'
import { KeyCard } from './keys/key-card.tsx'
import { RunTable } from './run-table.tsx'
import { ChangeTier, DeleteTenant, SuspendTenant } from './tenant-actions.tsx'

type Tenant = Reply<'GET /api/admin/tenants/{id}'>

/** One client: its quotas, days, agents, keys and newest runs. */
export function TenantPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!
  const tenant = useResource(
    `tenant ${id}`,
    (signal) => call('GET /api/admin/tenants/{id}', { path: { id }, signal }),
    { everyMs: LIVE_MS },
  )
  const { data } = tenant
  return (
    <Page
      title={data?.name ?? 'Tenant'}
      trail={[{ label: 'Tenants', href: link('/tenants') }]}
      badges={data && <Badges tenant={data} />}
      actions={data && <Actions tenant={data} onChange={tenant.reload} />}
    >
      <Loaded from={tenant}>{(loaded) => <Details tenant={loaded} />}</Loaded>
    </Page>
  )
}

function Badges({ tenant }: { tenant: Tenant }) {
  return (
    <>
      <Badge tone="accent">{tenant.tier}</Badge>
      <StatusBadge status={tenant.status} />
    </>
  )
}

type Action = 'tier' | 'suspend' | 'delete'

function Actions({ tenant, onChange }: { tenant: Tenant; onChange: () => void }) {
  const [open, setOpen] = useState<Action | null>(null)
  const close = () => {
    setOpen(null)
    onChange()
  }
  return (
    <>
      <button type="button" class="button" onClick={() => setOpen('tier')}>
        Change tier
      </button>
      <button type="button" class="button" onClick={() => setOpen('suspend')}>
        {tenant.status === 'active' ? 'Suspend' : 'Reactivate'}
      </button>
      <button type="button" class="button danger" onClick={() => setOpen('delete')}>
        Delete
      </button>
      {open === 'tier' && <ChangeTier tenant={tenant} onClose={close} />}
      {open === 'suspend' && <SuspendTenant tenant={tenant} onClose={close} />}
      {open === 'delete' && <DeleteTenant tenant={tenant} onClose={close} />}
    </>
  )
}

function Details({ tenant }: { tenant: Tenant }) {
  const { id } = tenant
  const usage = useResource(
    `usage ${id}`,
    (signal) => call('GET /api/admin/tenants/{id}/usage', { path: { id }, signal }),
    { everyMs: LIVE_MS },
  )
  const series = useResource(
    `series ${id}`,
    (signal) => call('GET /api/admin/series', { query: { days: 30, tenant_id: id }, signal }),
    { everyMs: LIVE_MS * 2 },
  )
  return (
    <>
      <div class="columns">
        <Card title="This month" padded>
          <Loaded from={usage}>{(data) => <Quotas usage={data} tenant={tenant} />}</Loaded>
        </Card>
        <Card title="Runs per day" padded>
          <Loaded from={series}>{(data) => <Days series={data} />}</Loaded>
        </Card>
      </div>
      <TenantAgents id={id} />
      <KeyCard tenantId={id} />
      <TenantRuns id={id} />
    </>
  )
}

function Quotas(props: { usage: Reply<'GET /api/admin/tenants/{id}/usage'>; tenant: Tenant }) {
  const { usage, tenant } = props
  return (
    <div class="stack">
      <QuotaBar label="Runs" used={usage.total_runs} limit={usage.quota_runs} />
      <QuotaBar label="Tokens" used={usage.total_tokens} limit={usage.quota_tokens} />
      <p class="muted">
        {utcDay(usage.period_start.slice(0, 10))} to {utcDay(usage.period_end.slice(0, 10))} (UTC).
        In all {count(tenant.total_runs)} runs and {brief(tenant.total_tokens)} tokens since{' '}
        {moment(tenant.created_at)}.
      </p>
    </div>
  )
}

function Days({ series }: { series: Reply<'GET /api/admin/series'> }) {
  const days = series.rows.map((row) => ({
    date: row.date ?? '',
    value: row.runs,
    failed: row.failed_runs,
  }))
  return <DayChart unit="runs" days={days} />
}

function TenantAgents({ id }: { id: string }) {
  const agents = useResource(
    `agents ${id}`,
    (signal) => call('GET /api/admin/tenants/{id}/agents', { path: { id }, signal }),
    { everyMs: LIVE_MS },
  )
  const newAgent = link(`/tenants/${id}/new-agent`)
  return (
    <Card
      title="Agents"
      actions={
        <a class="button small" href={newAgent}>
          New agent
        </a>
      }
    >
      <Loaded from={agents}>
        {(data) => (
          <AgentTable
            agents={data.agents}
            hrefOf={({ name }) => link(`/tenants/${id}/agents/${name}`)}
            empty={
              <Empty title="No agents yet">
                An agent is a prompt, a model and its tools under a name that clients run.
                <a class="button primary" href={newAgent}>
                  Create the first agent
                </a>
              </Empty>
            }
          />
        )}
      </Loaded>
    </Card>
  )
}

function TenantRuns({ id }: { id: string }) {
  const runs: Resource<Reply<'GET /api/admin/runs'>> = useResource(
    `runs of ${id}`,
    (signal) => call('GET /api/admin/runs', { query: { tenant_id: id, limit: 10 }, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Card
      title="Newest runs"
      actions={<a href={link('/runs', { tenant_id: id })}>All runs of this tenant</a>}
    >
      <Loaded from={runs}>
        {(data) => (
          <RunTable
            runs={data.runs}
            hrefOf={(run) => link(`/runs/${run.id}`)}
            empty={
              <Empty title="No runs yet">
                Ask an agent in its playground, or run one with an API key.
              </Empty>
            }
          />
        )}
      </Loaded>
    </Card>
  )
}
