import { call, type Reply } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { money } from '../format.ts'
import { Card, Page } from '../parts/page.tsx'
import { Loaded, StatusBadge } from '../parts/status.tsx'
import { Moment } from '../parts/time.tsx'
import { link } from '../router.ts'
import { Content, EXPIRED, Facts, missingOutput, TimeSplit, Tokens } from './run-detail.tsx'

type Run = Reply<'GET /api/admin/runs/{id}'>

/** One run: what went in, what came out, what it took. */
export function RunPage({ params }: { params: Record<string, string> }) {
  const id = params['id']!
  const run = useResource(
    `run ${id}`,
    (signal) => call('GET /api/admin/runs/{id}', { path: { id }, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Page
      title={`Run ${id.slice(0, 13)}…`}
      trail={[{ label: 'Runs', href: link('/runs') }]}
      badges={run.data && <StatusBadge status={run.data.status} />}
    >
      <Loaded from={run}>
        {(data) => (
          <>
            {data.error !== null && <div class="notice bad">{data.error}</div>}
            <Card title="Run" padded>
              <Facts facts={factsOf(data)} />
            </Card>
            <div class="columns">
              <Content
                title="Input"
                content={data.input}
                missing={data.content_expired ? EXPIRED : 'None was recorded.'}
              />
              <Content title="Output" content={data.output} missing={missingOutput(data)} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

function factsOf(run: Run): Parameters<typeof Facts>[0]['facts'] {
  return [
    ['Id', <code key="id">{run.id}</code>],
    [
      'Tenant',
      <a key="tenant" href={link(`/tenants/${run.tenant_id}`)}>
        {run.tenant_name}
      </a>,
    ],
    ['Kind', run.kind],
    ['Agent', run.agent === null ? null : <AgentLink key="agent" run={run} />],
    ['Model', `${run.model} (${run.provider})`],
    ['Key', run.key_prefix === null ? run.key_id : <code key="key">{run.key_prefix}…</code>],
    ['Started', <Moment key="started" at={run.started_at} />],
    ['Time', <TimeSplit key="time" durationMs={run.duration_ms} overheadMs={run.overhead_ms} />],
    [
      'Tokens',
      <Tokens
        key="tokens"
        input={run.input_tokens}
        output={run.output_tokens}
        cached={run.cached_tokens}
        estimated={run.tokens_estimated}
      />,
    ],
    ['Cost', run.cost_micro_usd === null ? 'no price is configured' : money(run.cost_micro_usd)],
    ...(run.error_code === null
      ? []
      : [['Error', <code key="code">{run.error_code}</code>] as const]),
  ] as Parameters<typeof Facts>[0]['facts']
}

function AgentLink({ run }: { run: Run }) {
  return <a href={link(`/tenants/${run.tenant_id}/agents/${run.agent}`)}>{run.agent}</a>
}
