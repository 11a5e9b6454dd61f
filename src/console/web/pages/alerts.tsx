import { call } from '../api/client.ts'
import { LIVE_MS, useResource } from '../api/resource.ts'
import { Select } from '../parts/form.tsx'
import { Page } from '../parts/page.tsx'
import { Older } from '../parts/paging.tsx'
import { Empty, Loaded } from '../parts/status.tsx'
import { Views } from '../parts/tabs.tsx'
import { place, setFilter } from '../router.ts'
import { AlertTable } from './alert-table.tsx'

const VIEWS = [
  { value: '', label: 'Open' },
  { value: 'resolved', label: 'Resolved' },
  { value: 'all', label: 'All' },
]
const SEVERITIES = [
  { value: '', label: 'any severity' },
  { value: 'critical', label: 'critical' },
  { value: 'warning', label: 'warning' },
  { value: 'info', label: 'info' },
]
const LIMIT = 50

/** What needed somebody: open, resolved, and everything. */
export function Alerts() {
  const { query } = place.value
  const view = query.get('view') ?? ''
  const cursor = query.get('cursor')
  const filter = {
    resolved: { '': false, resolved: true }[view],
    severity: query.get('severity'),
    cursor,
    limit: LIMIT,
  }
  const alerts = useResource(
    `alerts ${JSON.stringify(filter)}`,
    (signal) => call('GET /api/admin/alerts', { query: filter, signal }),
    { everyMs: LIVE_MS },
  )
  return (
    <Page title="Alerts">
      <div class="filters">
        <Views label="Alerts to show" name="view" views={VIEWS} />
        <Select
          label="Severity"
          value={filter.severity ?? ''}
          options={SEVERITIES}
          onChange={(severity) => setFilter({ severity })}
        />
      </div>
      <div class="card">
        <Loaded from={alerts}>
          {(data) => (
            <>
              <AlertTable
                alerts={data.alerts}
                onChange={alerts.reload}
                empty={<NoAlerts view={view} />}
              />
              <Older cursor={cursor} next={data.next_cursor} />
            </>
          )}
        </Loaded>
      </div>
    </Page>
  )
}

function NoAlerts({ view }: { view: string }) {
  if (view !== '') return <Empty title="None so far" />
  return (
    <Empty title="Nothing needs you">
      An alert is raised at 80, 90 and 100 % of a quota, for a provider that keeps failing, for
      wrong admin secrets and for a disk that runs full.
    </Empty>
  )
}
