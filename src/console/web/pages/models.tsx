import { useState } from 'preact/hooks'
import { call, type Reply } from '../api/client.ts'
import { type ApiFailure, toFailure } from '../api/failure.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { count, milliseconds } from '../format.ts'
import { Card, Page } from '../parts/page.tsx'
import { Badge, Empty, Loaded } from '../parts/status.tsx'
import { Table } from '../parts/table.tsx'
import { ProviderState } from './overview.tsx'

type Model = Reply<'GET /api/admin/models'>['models'][number]
type Provider = Reply<'GET /api/admin/overview'>['providers'][number]

/** What can be called, whether it answers, and a call that tries it. */
export function Models() {
  const models = useResource('models', (signal) => call('GET /api/admin/models', { signal }))
  const report = useResource('overview', (signal) => call('GET /api/admin/overview', { signal }), {
    everyMs: LIVE_MS,
  })
  return (
    <Page title="Models">
      <Card title="Configured models">
        <Loaded from={models}>
          {(data) => <ModelTable models={data.models} providers={report.data?.providers ?? []} />}
        </Loaded>
      </Card>
      <Card title="Providers">
        <Loaded from={report}>{(data) => <ProviderTable providers={data.providers} />}</Loaded>
      </Card>
    </Page>
  )
}

function ModelTable({ models, providers }: { models: Model[]; providers: Provider[] }) {
  return (
    <Table
      label="Models"
      rows={models}
      rowKey={(row) => row.id}
      columns={[
        { head: 'Model', cell: (row) => <code>{row.id}</code> },
        { head: 'Provider', cell: (row) => row.provider },
        { head: 'Context', as: 'number wide', cell: (row) => count(row.context_length) },
        { head: 'Tools', as: 'wide', cell: (row) => (row.supports_tools ? 'yes' : 'no') },
        {
          head: 'State',
          cell: (row) => (
            <ModelState
              model={row}
              provider={providers.find(({ name }) => name === row.provider)}
            />
          ),
        },
        { head: 'Test call', cell: (row) => <TestCall id={row.id} /> },
      ]}
      empty={
        <Empty title="No models">
          A provider with at least one model is switched on in <code>ares.toml</code>.
        </Empty>
      }
    />
  )
}

function ModelState({ model, provider }: { model: Model; provider: Provider | undefined }) {
  if (!model.available) return <Badge tone="warn">key missing</Badge>
  return provider === undefined ? (
    <Badge tone="good">available</Badge>
  ) : (
    <ProviderState provider={provider} />
  )
}

type Outcome = Reply<'POST /api/admin/models/{id}/test'> | ApiFailure | 'calling' | null

/** A real call of a few tokens, charged to nobody. */
function TestCall({ id }: { id: string }) {
  const [outcome, setOutcome] = useState<Outcome>(null)
  const test = async () => {
    setOutcome('calling')
    setOutcome(await call('POST /api/admin/models/{id}/test', { path: { id } }).catch(toFailure))
  }
  return (
    <span class="row test-call">
      <button
        type="button"
        class="button small"
        disabled={outcome === 'calling'}
        onClick={() => void test()}
      >
        Test<span class="hidden"> {id}</span>
      </button>
      <span role="status">
        <OutcomeText outcome={outcome} />
      </span>
    </span>
  )
}

function OutcomeText({ outcome }: { outcome: Outcome }) {
  if (outcome === null) return null
  if (outcome === 'calling') return <span class="muted">calling…</span>
  if (outcome instanceof Error) return <span class="bad">{outcome.message}</span>
  if (!outcome.ok) return <span class="bad">{outcome.error}</span>
  const tokens = outcome.usage.input_tokens + outcome.usage.output_tokens
  return (
    <span title={outcome.text}>
      <span class="good">answered</span> in {milliseconds(outcome.latency_ms)}, {count(tokens)}{' '}
      tokens
    </span>
  )
}

function ProviderTable({ providers }: { providers: Provider[] }) {
  return (
    <Table
      label="Providers"
      rows={providers}
      rowKey={(row) => row.name}
      columns={[
        { head: 'Provider', cell: (row) => row.name },
        { head: 'Type', cell: (row) => row.type },
        { head: 'Models', as: 'number', cell: (row) => count(row.models) },
        { head: 'State', cell: (row) => <ProviderState provider={row} /> },
      ]}
      empty={<Empty title="No providers are configured" />}
    />
  )
}
