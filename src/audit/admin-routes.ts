import { Type, type Static } from '@sinclair/typebox'
import { type AnyElysia, Elysia } from 'elysia'
import { toWireTime } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { documented, limitParameter } from '../http/documented.ts'
import { adminGuard } from '../http/guards.ts'
import { limitOf } from '../http/query.ts'
import { type AuditEntry, listAudit } from './store.ts'

/** Source: Admin API, "Audit Log". */
export const AuditLog = Type.Object({
  entries: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      seq: Type.Integer({ description: '1, 2, 3 … in the order of the changes' }),
      action: Type.String(),
      actor: Type.String({
        description: '`admin`, `system`, `import`, or `tenant:<name>` for what a key did',
      }),
      details: Type.Object({}, { additionalProperties: true }),
      timestamp: Type.String(),
    }),
  ),
})

export function auditAdminRoutes({ db }: { db: Db }): AnyElysia {
  return new Elysia({ name: 'audit-admin' }).use(adminGuard).get(
    '/audit-log',
    async ({ request }) => ({
      entries: (await listAudit(db, limitOf(request, 50))).map(toEntry),
    }),
    documented({
      summary: 'Audit log',
      description:
        'Newest first. Each entry was written in the transaction of the change it tells of.',
      tags: ['Alerts and audit'],
      query: [limitParameter(50)],
      replies: { 200: AuditLog },
      failures: [401, 422],
    }),
  )
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
