import type { ComponentChildren } from 'preact'
import { call, type Reply } from '../api/client.ts'
import { StatusBadge } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { Ago, Moment } from '../parts/time.tsx'
import { say, sayFailure } from '../parts/toast.tsx'
import { link } from '../router.ts'

type Alert = Reply<'GET /api/admin/alerts'>['alerts'][number]

/** Alerts, each with the way to what it is about and a button that resolves it. */
export function AlertTable(props: {
  alerts: Alert[]
  onChange: () => void
  empty: ComponentChildren
}) {
  const { alerts, onChange, empty } = props
  const resolve = async ({ id }: Alert) => {
    try {
      await call('POST /api/admin/alerts/{id}/resolve', { path: { id } })
      say('The alert is resolved.')
      onChange()
    } catch (error) {
      sayFailure(error)
    }
  }
  return (
    <Table
      label="Alerts"
      rows={alerts}
      rowKey={(row) => row.id}
      columns={[
        { head: 'Severity', cell: (row) => <StatusBadge status={row.severity} /> },
        {
          head: 'Message',
          cell: (row) =>
            row.tenant_id === null ? (
              row.message
            ) : (
              <a href={link(`/tenants/${row.tenant_id}`)}>{row.message}</a>
            ),
        },
        { head: 'Raised', as: 'nowrap wide', cell: (row) => <Ago at={row.created_at} /> },
        {
          head: 'Resolved',
          as: 'nowrap number',
          cell: (row) =>
            row.resolved ? (
              <Moment at={row.resolved_at} />
            ) : (
              <button type="button" class="button small" onClick={() => void resolve(row)}>
                Resolve<span class="hidden">: {row.message}</span>
              </button>
            ),
        },
      ]}
      empty={empty}
    />
  )
}
