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

/** Agents, each with the way to its page. */
export function AgentTable<A extends ListedAgent>(props: {
  agents: A[]
  hrefOf: (agent: A) => string
  /** Put before the others. */
  first?: Column<A>
  empty: ComponentChildren
}) {
  const { agents, hrefOf, first, empty } = props
  const columns: Column<A>[] = [
    { head: 'Agent', cell: (row) => <a href={hrefOf(row)}>{row.name}</a> },
    { head: 'Type', as: 'wide', cell: (row) => row.agent_type },
    { head: 'Model', cell: (row) => <span class="mono">{row.model}</span> },
    { head: 'Status', cell: (row) => <StatusBadge status={row.status} /> },
    { head: 'Runs', as: 'number', cell: (row) => count(row.total_runs) },
    {
      head: 'Successful',
      as: 'number wide',
      cell: (row) => (row.success_rate === null ? NONE : share(row.success_rate, 1)),
    },
  ]
  return (
    <Table
      label="Agents"
      rows={agents}
      rowKey={(row) => row.id}
      columns={first ? [first, ...columns] : columns}
      empty={empty}
    />
  )
}
