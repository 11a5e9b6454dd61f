import { call } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { Page } from '../../parts/page.tsx'
import { Pages } from '../../parts/paging.tsx'
import { Empty, Loaded } from '../../parts/status.tsx'
import { link, place } from '../../router.ts'
import { AgentTable } from '../agent-table.tsx'

/** The agents of the tenant whose key signed in. */
export function OwnAgents() {
  const query = { page: place.value.query.get('page'), per_page: 50 }
  const list = useResource(
    `own agents ${query.page}`,
    (signal) => call('GET /v1/agents', { query, signal }),
    { everyMs: OWN_LIVE_MS },
  )
  return (
    <Page title="Agents">
      <div class="card">
        <Loaded from={list}>
          {({ agents, total, page, per_page }) => (
            <>
              <AgentTable
                agents={agents.map((agent) => ({ ...agent, model: agent.config.model }))}
                hrefOf={({ name }) => link(`/agents/${name}`)}
                empty={<Empty title="No agents yet">Your operator sets them up.</Empty>}
              />
              <Pages page={page} perPage={per_page} total={total} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  )
}
