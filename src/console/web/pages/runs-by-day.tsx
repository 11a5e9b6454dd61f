import type { Reply } from '../api/client.ts'
import { DayChart } from '../parts/chart.tsx'

/** The runs of a series by day, and how many of them failed. */
export function RunsByDay({ rows }: { rows: Reply<'GET /api/admin/series'>['rows'] }) {
  const days = rows.map((row) => ({
    date: row.date ?? '',
    value: row.runs,
    failed: row.failed_runs,
  }))
  return <DayChart unit="runs" days={days} />
}
