import { Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Clock } from '../clock.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import type { Replies } from '../http/replies.ts'
import { documented, limitParameter, type QueryParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { queryId } from '../http/query-cursor.ts'
import { limitOf, queryChoice, queryInteger, queryOf } from '../http/query.ts'
import { CSV_HEADER, usageLine } from './csv.ts'
import { type DailyRow, dailyRows, type DailySpan } from './daily-rows.ts'
import { dayOf, firstDayOf } from '../limits/period.ts'
import { Series, SERIES_KEYS, seriesRows } from './series.ts'

export interface UsageReportDeps {
  db: Db
  clock: Clock
  replies: Replies
}

const tags: [string] = ['Usage']
const SPAN: QueryParameter[] = [
  {
    name: 'days',
    description: 'how many days back, counting today',
    schema: Type.Integer({ minimum: 1, maximum: 366, default: 30 }),
  },
  {
    name: 'tenant_id',
    description: 'only of this tenant',
    schema: Type.String({ format: 'uuid' }),
  },
]

/** Usage of all tenants over time, for operators: from the roll-ups, however many runs there are. */
export function usageReportRoutes({ db, clock, replies }: UsageReportDeps): AnyElysia {
  return new Elysia({ name: 'usage-report' })
    .use(adminGuard)
    .get(
      '/series',
      async ({ request }) => {
        const span = spanOf(request, clock)
        const by = queryChoice(queryOf(request), 'by', SERIES_KEYS) ?? 'day'
        const rows = await seriesRows(db, span, by, limitOf(request, 100))
        return { from: span.firstDay, to: span.lastDay, rows }
      },
      documented({
        summary: 'Usage over days',
        description:
          'By day: oldest first, days without use with zeros. By model or tenant: over all days, those with most runs first.',
        tags,
        query: [
          ...SPAN,
          {
            name: 'by',
            description: 'what a row stands for',
            schema: Type.Union(
              SERIES_KEYS.map((key) => Type.Literal(key)),
              { default: 'day' },
            ),
          },
          limitParameter(100),
        ],
        replies: { 200: Series },
        failures: [401, 422],
      }),
    )
    .get(
      '/usage.csv',
      async ({ admission, request }) => {
        const span = spanOf(request, clock)
        return csvFile(db, span, await replies.hold({ request, admission }, CSV_SIZE))
      },
      documented({
        summary: 'Usage as a table',
        description:
          'A row per tenant, day, model and kind, as RFC 4180 has it. A cell that a spreadsheet would take for a formula begins with an apostrophe.',
        tags,
        query: SPAN,
        mediaType: 'text/csv',
        replies: { 200: Type.String() },
        failures: [401, 422, 429],
      }),
    )
}

/** `days` back and whose. @throws AresError `invalid` */
function spanOf(request: Request, clock: Clock): DailySpan {
  const query = queryOf(request)
  const days = queryInteger(query, 'days', { min: 1, max: 366, fallback: 30 })
  const now = toTimestamp(clock.now())
  return {
    firstDay: firstDayOf(now, days),
    lastDay: dayOf(now),
    tenantId: queryId(query, 'tenant_id'),
  }
}

/** A page of rows goes out at once, and there may be any number of pages. */
const CSV_SIZE = { bytes: 200_000, read: Infinity }

/** Written as fast as the client reads, one page of rows at a time. @param end called at the end, however it ends */
function csvFile(db: Db, span: DailySpan, end: () => void): Response {
  const pages = dailyRows(db, span)
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode(CSV_HEADER)),
    async pull(controller) {
      const page = await nextPage(pages).catch((error: unknown) => {
        end()
        throw error
      })
      if (page) return controller.enqueue(encoder.encode(page.map(usageLine).join('')))
      end()
      controller.close()
    },
    async cancel() {
      end()
      await pages.return()
    },
  })
  const name = `usage-${span.firstDay}-to-${span.lastDay}.csv`
  return new Response(body, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    },
  })
}

/** The next page that has rows; undefined at the end. */
async function nextPage(pages: ReturnType<typeof dailyRows>): Promise<DailyRow[] | undefined> {
  for (;;) {
    const { value, done } = await pages.next()
    if (done) return undefined
    if (value.length > 0) return value
  }
}
