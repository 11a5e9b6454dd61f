import type { ComponentChildren } from 'preact'
import { brief, count, milliseconds } from '../format.ts'
import { StatusBadge } from '../parts/status.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { Ago } from '../parts/time.tsx'

/** What every list of runs shows. */
export interface ListedRun {
  id: string
  agent: string | null
  kind: string
  status: string
  model: string
  started_at: string
  duration_ms: number | null
  input_tokens: number
  output_tokens: number
  error_code: string | null
}

/** Runs, newest first, each with the way to its page. */
export function RunTable<R extends ListedRun>(props: {
  runs: R[]
  hrefOf: (run: R) => string
  /** Put after the start. */
  second?: Column<R>
  /** Their agent need not be named. */
  ofOneAgent?: boolean
  empty: ComponentChildren
}) {
  const { runs, hrefOf, second, ofOneAgent = false, empty } = props
  const columns: Column<R>[] = [
    {
      head: 'Started',
      as: 'nowrap',
      cell: (row) => (
        <a href={hrefOf(row)}>
          <Ago at={row.started_at} />
        </a>
      ),
    },
    ...(second ? [second] : []),
    ...(ofOneAgent ? [] : [agentColumn]),
    { head: 'Status', cell: (row) => <RunStatus run={row} /> },
    { head: 'Model', as: 'wide', cell: (row) => <span class="mono">{row.model}</span> },
    {
      head: 'Tokens',
      as: 'number wide',
      cell: (row) => (
        <span title={`${count(row.input_tokens)} in, ${count(row.output_tokens)} out`}>
          {brief(row.input_tokens + row.output_tokens)}
        </span>
      ),
    },
    { head: 'Duration', as: 'number nowrap wide', cell: (row) => milliseconds(row.duration_ms) },
  ]
  return <Table label="Runs" rows={runs} rowKey={(row) => row.id} columns={columns} empty={empty} />
}

const agentColumn: Column<ListedRun> = {
  head: 'Agent',
  cell: (row) => (
    <>
      {row.agent}{' '}
      {(row.agent === null || row.kind !== 'run') && <span class="muted">{row.kind}</span>}
    </>
  ),
}

function RunStatus({ run }: { run: ListedRun }) {
  return (
    <span class="row">
      <StatusBadge status={run.status} />
      {run.error_code !== null && <span class="muted wide">{run.error_code}</span>}
    </span>
  )
}
