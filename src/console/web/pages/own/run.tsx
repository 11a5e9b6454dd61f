import { call } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { Card, Page } from '../../parts/page.tsx'
import { Loaded, StatusBadge } from '../../parts/status.tsx'
import { Moment } from '../../parts/time.tsx'
import { link } from '../../router.ts'
import { Content, EXPIRED, Facts, missingOutput, TimeSplit, Tokens } from '../run-detail.tsx'

/** One of the tenant's own runs. */
export function OwnRun({ params }: { params: Record<string, string> }) {
  const id = params['id']!
  const run = useResource(
    `own run ${id}`,
    (signal) => call('GET /v1/runs/{id}', { path: { id }, signal }),
    { everyMs: OWN_LIVE_MS },
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
              <Facts
                facts={[
                  ['Id', <code key="id">{data.id}</code>],
                  ['Kind', data.kind],
                  ['Agent', data.agent],
                  ['Model', <code key="model">{data.model}</code>],
                  ['Started', <Moment key="started" at={data.started_at} />],
                  [
                    'Time',
                    <TimeSplit
                      key="time"
                      durationMs={data.duration_ms}
                      overheadMs={data.overhead_ms}
                    />,
                  ],
                  [
                    'Tokens',
                    <Tokens
                      key="tokens"
                      input={data.input_tokens}
                      output={data.output_tokens}
                      cached={data.cached_tokens}
                      estimated={data.tokens_estimated}
                    />,
                  ],
                ]}
              />
            </Card>
            <div class="columns">
              <Content title="Input" content={data.input} missing={EXPIRED} />
              <Content title="Output" content={data.output} missing={missingOutput(data)} />
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}
