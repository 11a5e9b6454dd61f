import { Type, type Static } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import type { Clock } from '../clock.ts'
import { toWireTime } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { WalkLane } from '../db/walk.ts'
import { type Replies, ROW_BYTES } from '../http/replies.ts'
import { documented, limitParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { nullable } from '../http/nullable.ts'
import { CURSOR, cursorOf, NextCursor, queryId, shortText } from '../http/query-cursor.ts'
import { SPAN, spanOf } from '../http/query-time.ts'
import { limitOf, queryOf } from '../http/query.ts'
import { type AuditQuestion, findEntries } from './find-entries.ts'
import type { AuditEntry } from './store.ts'

/** Source: Admin API, "Audit Log". */
export const AuditLog = Type.Object({
  entries: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      seq: nullable(
        Type.Integer({
          description:
            '1, 2, 3 … in the order of the changes; null for `admin.auth_failed`, which is dropped in time',
        }),
      ),
      action: Type.String(),
      actor: Type.String({
        description: '`admin`, `system`, `import`, or `tenant:<name>` for what a key did',
      }),
      details: Type.Object({}, { additionalProperties: true }),
      timestamp: Type.String(),
    }),
  ),
  next_cursor: NextCursor,
})

export interface AuditRouteDeps {
  db: Db
  clock: Clock
  replies: Replies
}

/** Source: Admin API, "Audit Log". */
export function auditAdminRoutes({ db, clock, replies }: AuditRouteDeps): AnyElysia {
  const deps = { db, lane: new WalkLane(clock, 1) }
  return new Elysia({ name: 'audit-admin' }).use(adminGuard).get(
    '/audit-log',
    async ({ request, admission }) => {
      const { entries, bytes, next } = await findEntries(deps, questionOf(request))
      const size = { bytes: entries.length * ROW_BYTES + bytes }
      return replies.send({ request, admission }, size, async () => ({
        text: JSON.stringify({ entries: entries.map(toEntry), next_cursor: next }),
      }))
    },
    documented({
      summary: 'Audit log',
      description:
        'Newest first. Each entry was written in the transaction of the change it tells of. Wrong admin secrets (`admin.auth_failed`) are gathered: one entry at most every 55 seconds, with the `count` of all, the `address` with the most and, where there are several, `sources`. An answer ends after about 4 MiB, whatever was asked for; `next_cursor` goes on.',
      tags: ['Alerts and audit'],
      query: [
        { name: 'action', description: 'only of this action', schema: Type.String() },
        { name: 'actor', description: 'only by this actor', schema: Type.String() },
        {
          name: 'tenant_id',
          description: 'only what concerns this tenant',
          schema: Type.String({ format: 'uuid' }),
        },
        ...SPAN,
        limitParameter(50),
        CURSOR,
      ],
      replies: { 200: AuditLog },
      failures: [401, 422, 429],
    }),
  )
}

function questionOf(request: Request): AuditQuestion {
  const query = queryOf(request)
  const cursor = cursorOf(query, /^[0-9]{1,15}$/)
  return {
    filter: {
      ...spanOf(query),
      action: shortText(query, 'action'),
      actor: shortText(query, 'actor'),
      tenantId: queryId(query, 'tenant_id'),
    },
    limit: limitOf(request, 50),
    below: cursor === null ? null : Number(cursor),
    client: request.signal,
  }
}

function toEntry(entry: AuditEntry): Static<typeof AuditLog>['entries'][number] {
  return {
    id: entry.id,
    seq: entry.seq,
    action: entry.action,
    actor: entry.actor,
    details: entry.details,
    timestamp: toWireTime(entry.timestamp),
  }
}
