import { call } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { brief, count, milliseconds, NONE, share } from '../format.ts'
import { Card } from '../parts/page.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { Ago } from '../parts/time.tsx'
import { link } from '../router.ts'
import { RunTable } from './run-table.tsx'

/** What became of an agent’s runs, in figures. */
export function AgentStatistics({ path }: { path: { id: string; name: string } }) {
  const stats = useResource(
    `stats ${path.id} ${path.name}`,
    (signal) => call('GET /api/admin/tenants/{id}/agents/{name}/stats', { path, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Card title="Runs of the agent" padded>
      <Loaded from={stats} rows={2}>
        {(data) => (
          <dl class="figures">
            <div>
              <dt>Finished</dt>
              <dd>{count(data.total_runs)}</dd>
            </div>
            <div>
              <dt>Successful</dt>
              <dd>{data.success_rate === null ? NONE : share(data.success_rate, 1)}</dd>
            </div>
            <div>
              <dt>Mean duration</dt>
              <dd>{milliseconds(data.avg_duration_ms)}</dd>
            </div>
            <div>
              <dt>Mean tokens</dt>
              <dd>{brief(data.avg_tokens)}</dd>
            </div>
            <div>
              <dt>Last run</dt>
              <dd>
                <Ago at={data.last_run} />
              </dd>
            </div>
          </dl>
        )}
      </Loaded>
    </Card>
  )
}

/** The newest runs of an agent. */
export function AgentRuns({ path }: { path: { id: string; name: string } }) {
  const query = { tenant_id: path.id, agent: path.name }
  const runs = useResource(
    `runs of ${path.id} ${path.name}`,
    (signal) => call('GET /api/admin/runs', { query: { ...query, limit: 10 }, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Card title="Newest runs" actions={<a href={link('/runs', query)}>All runs of this agent</a>}>
      <Loaded from={runs}>
        {(data) => (
          <RunTable
            runs={data.runs}
            ofOneAgent
            hrefOf={(run) => link(`/runs/${run.id}`)}
            empty={<Empty title="No runs yet">Ask it something in the playground above.</Empty>}
          />
        )}
      </Loaded>
    </Card>
  )
}
