import { type Static, Type } from '@sinclair/typebox'
import type { Db } from '../db/tables.ts'
import { tenantNames } from './tenant-names.ts'
import type { DailySpan } from './daily-rows.ts'
import { noUsage, sumUsage, type UsageSum } from './sums.ts'

/** What the rows of a series stand for. */
export const SERIES_KEYS = ['day', 'model', 'tenant'] as const
export type SeriesKey = (typeof SERIES_KEYS)[number]

const SeriesRow = Type.Object({
  date: Type.Optional(Type.String({ description: 'the UTC day, by day' })),
  model: Type.Optional(Type.String({ description: 'by model' })),
  tenant_id: Type.Optional(Type.String({ format: 'uuid', description: 'by tenant' })),
  tenant_name: Type.Optional(Type.String({ description: 'by tenant, deleted ones included' })),
  runs: Type.Integer(),
  failed_runs: Type.Integer(),
  input_tokens: Type.Integer(),
  output_tokens: Type.Integer(),
  cached_tokens: Type.Integer(),
  cost_micro_usd: Type.Integer({
    description: 'millionths of a USD; runs without a price count as 0',
  }),
})
type SeriesRow = Static<typeof SeriesRow>

/** Usage over days, for charts. */
export const Series = Type.Object({
  from: Type.String({ description: 'the first UTC day' }),
  to: Type.String({ description: 'the last UTC day, today' }),
  rows: Type.Array(SeriesRow),
})

/** The rows of a series: by day oldest first without a gap, otherwise those with most runs first, as many as `limit`. */
export async function seriesRows(
  db: Db,
  span: DailySpan,
  by: SeriesKey,
  limit: number,
): Promise<SeriesRow[]> {
  if (by === 'day') return byDay(await sumUsage(db, span, 'day'), span)
  if (by === 'model') {
    const most = mostRuns(await sumUsage(db, span, 'model'), limit)
    return most.map(([model, sum]) => ({ model, ...sum }))
  }
  const most = mostRuns(await sumUsage(db, span, 'tenant_id'), limit)
  const names = await tenantNames(
    db,
    most.map(([id]) => id),
  )
  return most.map(([id, sum]) => ({
    tenant_id: id,
    tenant_name: names.get(id) ?? '',
    ...sum,
  }))
}

function byDay(sums: Map<string, UsageSum>, { firstDay, lastDay }: DailySpan): SeriesRow[] {
  const rows: SeriesRow[] = []
  for (let ms = Date.parse(`${firstDay}T00:00:00Z`); ; ms += DAY_MS) {
    const date = new Date(ms).toISOString().slice(0, 10)
    if (date > lastDay) return rows
    rows.push({ date, ...(sums.get(date) ?? noUsage()) })
  }
}

const DAY_MS = 24 * 3600 * 1000

/** Those with most runs first; of equals the one whose name comes first. */
export function mostRuns(sums: Map<string, UsageSum>, limit: number): [string, UsageSum][] {
  return [...sums]
    .toSorted(([a, one], [b, other]) => other.runs - one.runs || (a < b ? -1 : 1))
    .slice(0, limit)
}
