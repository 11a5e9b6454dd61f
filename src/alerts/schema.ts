import { Type, type Static } from '@sinclair/typebox'
import { toWireTime } from '../db/columns.ts'
import type { AlertRow } from './store.ts'

export const SeverityField = Type.Union([
  Type.Literal('info'),
  Type.Literal('warning'),
  Type.Literal('critical'),
])

/** Source: Admin API, "List Alerts". */
export const Alert = Type.Object({
  id: Type.String({ format: 'uuid' }),
  severity: SeverityField,
  message: Type.String(),
  tenant_id: Type.Union([Type.String({ format: 'uuid' }), Type.Null()], {
    description: 'null for alerts of the platform',
  }),
  created_at: Type.String(),
  resolved: Type.Boolean(),
  resolved_at: Type.Union([Type.String(), Type.Null()]),
})
export type Alert = Static<typeof Alert>

export const AlertList = Type.Object({
  alerts: Type.Array(Alert),
  next_cursor: Type.Union([Type.String(), Type.Null()], { description: 'null at the end' }),
})

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    severity: row.severity as Alert['severity'],
    message: row.message,
    tenant_id: row.tenant_id,
    created_at: toWireTime(row.created_at),
    resolved: row.resolved_at !== null,
    resolved_at: toWireTime(row.resolved_at),
  }
}
