import type { Query } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { loadRuns } from '../../api/run-pages.ts'
import { Select } from '../../parts/form.tsx'
import { Page } from '../../parts/page.tsx'
import { Older } from '../../parts/paging.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { Empty, Loaded } from '../../parts/status.tsx'
import { link, place, setFilter, setTypedFilter } from '../../router.ts'
import { RUN_KINDS, RUN_STATUSES } from '../runs.tsx'
import { RunTable } from '../run-table.tsx'

const LIMIT = 50

/** The tenant's own runs, newest first. */
export function OwnRuns() {
  const { query } = place.value
  const cursor = query.get('cursor')
  const filter: Query = {
    agent: query.get('agent'),
    kind: query.get('kind'),
    status: query.get('status'),
    q: query.get('q'),
    cursor,
  }
  const runs = useResource(
    `own runs ${JSON.stringify(filter)}`,
    (signal) => loadRuns('GET /v1/runs', { ...filter, limit: LIMIT }, signal),
    { everyMs: cursor === null && !filter['q'] ? OWN_LIVE_MS : 0 },
  )
  return (
    <Page title="Runs">
      <div class="filters">
        <SearchField
          label="Text in input or output"
          value={String(filter['q'] ?? '')}
          onSearch={(q) => setTypedFilter({ q })}
        />
        <SearchField
          label="Agent"
          value={String(filter['agent'] ?? '')}
          onSearch={(agent) => setTypedFilter({ agent })}
        />
        <Select
          label="Kind"
          value={String(filter['kind'] ?? '')}
          options={RUN_KINDS}
          onChange={(kind) => setFilter({ kind })}
        />
        <Select
          label="Status"
          value={String(filter['status'] ?? '')}
          options={RUN_STATUSES}
          onChange={(status) => setFilter({ status })}
        />
      </div>
      <div class="card">
        <Loaded from={runs} rows={10}>
          {(data) => (
            <>
              <RunTable
                runs={data.runs}
                hrefOf={(run) => link(`/runs/${run.id}`)}
                empty={
                  <Empty title="No run fits">
                    <a class="button" href={link('/agents')}>
                      Ask an agent
                    </a>
                  </Empty>
                }
              />
              <Older cursor={cursor} next={data.next_cursor} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  )
}
