import type { ComponentChildren } from 'preact'
import { count, NONE, share } from '../format.ts'
import { StatusBadge } from '../parts/status.tsx'
import { type Column, Table } from '../parts/table.tsx'

/** What every list of agents shows. */
export interface ListedAgent {
  id: string
  name: string
  agent_type: string
  status: string
  model: string
  total_runs: number
  success_rate: number | null
}

/** The columns of agents, each with the way to its page. */
export function agentColumns<A extends ListedAgent>(hrefOf: (agent: A) => string): Column<A>[] {
  return [
    {
      head: 'Agent',
      sort: { name: 'name', first: 'asc' },
      cell: (row) => <a href={hrefOf(row)}>{row.name}</a>,
    },
    {
      head: 'Type',
      as: 'wide',
      sort: { name: 'agent_type', first: 'asc' },
      cell: (row) => row.agent_type,
    },
    { head: 'Model', cell: (row) => <span class="mono">{row.model}</span> },
    {
      head: 'Status',
      sort: { name: 'status', first: 'asc' },
      cell: (row) => <StatusBadge status={row.status} />,
    },
    {
      head: 'Runs',
      as: 'number',
      sort: { name: 'total_runs', first: 'desc' },
      cell: (row) => count(row.total_runs),
    },
    {
      head: 'Successful',
      as: 'number wide',
      cell: (row) => (row.success_rate === null ? NONE : share(row.success_rate, 1)),
    },
  ]
}

/** The agents of one tenant, by name. */
export function AgentTable<A extends ListedAgent>(props: {
  agents: A[]
  hrefOf: (agent: A) => string
  empty: ComponentChildren
}) {
  const { agents, hrefOf, empty } = props
  return (
    <Table
      label="Agents"
      rows={agents}
      rowKey={(row) => row.id}
      columns={agentColumns(hrefOf)}
      empty={empty}
    />
  )
}
