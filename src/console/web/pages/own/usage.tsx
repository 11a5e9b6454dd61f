import { call, type Reply } from '../../api/client.ts'
import { OWN_LIVE_MS, useResource } from '../../api/resource.ts'
import { count, utcDay } from '../../format.ts'
import { type Day, DayChart } from '../../parts/chart.tsx'
import { Card, Page } from '../../parts/page.tsx'
import { QuotaBar } from '../../parts/quota-bar.tsx'
import { Loaded } from '../../parts/status.tsx'

type Report = Reply<'GET /v1/usage'>

/** What the tenant used this month, against what its tier allows. */
export function OwnUsage() {
  const usage = useResource('own usage', (signal) => call('GET /v1/usage', { signal }), {
    everyMs: OWN_LIVE_MS,
  })
  return (
    <Page title="Usage">
      <Loaded from={usage}>
        {(data) => (
          <>
            <Card title="This month" padded>
              <div class="stack">
                <QuotaBar label="Runs" used={data.total_runs} limit={data.quota_runs} />
                <QuotaBar label="Tokens" used={data.total_tokens} limit={data.quota_tokens} />
                <p class="muted">
                  {utcDay(data.period_start.slice(0, 10))} to {utcDay(data.period_end.slice(0, 10))}{' '}
                  (UTC), {count(data.total_api_calls)} API calls.
                </p>
              </div>
            </Card>
            <div class="columns">
              <Card title="Runs per day" padded>
                <DayChart unit="runs" days={daysOf(data, ({ runs }) => runs)} />
              </Card>
              <Card title="Tokens per day" padded>
                <DayChart unit="tokens" days={daysOf(data, ({ tokens }) => tokens)} />
              </Card>
            </div>
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** Every day of the month, also those without use, which the API leaves out. */
function daysOf(
  { period_start, period_end, daily_usage }: Report,
  valueOf: (day: Report['daily_usage'][number]) => number,
): Day[] {
  const used = new Map(daily_usage.map((day) => [day.date, valueOf(day)]))
  const month = period_start.slice(0, 8)
  const length = Number(period_end.slice(8, 10))
  return Array.from({ length }, (_, index) => {
    const date = `${month}${String(index + 1).padStart(2, '0')}`
    return { date, value: used.get(date) ?? 0 }
  })
}
