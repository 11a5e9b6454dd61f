import { type Static, Type } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import { change, type ChangeDeps, type Stamp } from '../db/changes.ts'
import type { Db, Trx } from '../db/tables.ts'
import { documented, limitParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { found } from '../errors.ts'
import { idPart } from '../http/path-parts.ts'
import { CURSOR, cursorOf, queryId } from '../http/query-cursor.ts'
import { limitOf, queryChoice, queryOf } from '../http/query.ts'
import { recordResolution } from './resolve-alerts.ts'
import { Alert, AlertList, SeverityField, toAlert } from './schema.ts'
import {
  type AlertFilter,
  type AlertPlace,
  type AlertRow,
  findAlert,
  listAlerts,
  resolveAlert,
} from './store.ts'
import type { Severity } from './thresholds.ts'

export interface AlertRouteDeps extends ChangeDeps {
  db: Db
}

const tags: [string] = ['Alerts and audit']
const SEVERITIES: readonly Severity[] = ['info', 'warning', 'critical']

/** Source: Admin API, "List Alerts", "Resolve Alert". */
export function alertAdminRoutes(deps: AlertRouteDeps): AnyElysia {
  return new Elysia({ name: 'alert-admin' })
    .use(adminGuard)
    .get(
      '/alerts',
      ({ request }) => pageOfAlerts(deps.db, filterOf(request)),
      documented({
        summary: 'List alerts',
        tags,
        query: [
          { name: 'severity', description: 'only of this severity', schema: SeverityField },
          { name: 'resolved', description: 'by resolution status', schema: Type.Boolean() },
          {
            name: 'tenant_id',
            description: 'only about this tenant',
            schema: Type.String({ format: 'uuid' }),
          },
          limitParameter(100),
          CURSOR,
        ],
        replies: { 200: AlertList },
        failures: [401, 422],
      }),
    )
    .post(
      '/alerts/:id/resolve',
      async ({ params }) => {
        const id = idPart(params.id, 'alert')
        return toAlert(await change(deps, (trx, stamp) => resolveOnce(trx, stamp, id)))
      },
      documented({
        summary: 'Resolve alert',
        description: 'Takes no body. Resolving twice changes nothing.',
        tags,
        replies: { 200: Alert },
        failures: [401, 404, 503],
      }),
    )
}

/** One more than asked for tells whether there are more. */
async function pageOfAlerts(db: Db, filter: AlertFilter): Promise<Static<typeof AlertList>> {
  const { limit } = filter
  const rows = await listAlerts(db, { ...filter, limit: limit + 1 })
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return {
    alerts: rows.slice(0, limit).map(toAlert),
    next_cursor: last ? `${last.created_at}.${last.id}` : null,
  }
}

const CURSOR_FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z\.[0-9a-f-]{36}$/

function placeOf(cursor: string): AlertPlace {
  const dot = cursor.lastIndexOf('.')
  return { created_at: cursor.slice(0, dot), id: cursor.slice(dot + 1) }
}

function filterOf(request: Request): AlertFilter {
  const query = queryOf(request)
  const resolved = queryChoice(query, 'resolved', ['true', 'false'])
  const cursor = cursorOf(query, CURSOR_FORM)
  return {
    severity: queryChoice(query, 'severity', SEVERITIES),
    resolved: resolved === null ? null : resolved === 'true',
    tenantId: queryId(query, 'tenant_id'),
    after: cursor === null ? null : placeOf(cursor),
    limit: limitOf(request, 100),
  }
}

async function resolveOnce(trx: Trx, stamp: Stamp, id: string): Promise<AlertRow> {
  const resolved = await resolveAlert(trx, id, stamp.now)
  if (!resolved) return found(await findAlert(trx, id), 'alert')
  await recordResolution(trx, stamp, resolved, 'admin')
  return resolved
}
