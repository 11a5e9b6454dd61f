import { type Static, Type } from '@sinclair/typebox'
import { toWireTime } from '../db/columns.ts'
import type { KeyRow } from './store.ts'
import { nullable } from '../http/nullable.ts'

/** A label counts characters, not UTF-16 units, so a surrogate pair is one and a lone surrogate none. */
export const KeyLabel = Type.String({
  pattern:
    '^(?:[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff]){1,100}$',
  description: '1 to 100 characters without control characters',
})

/** Both APIs take the same. Source: V1 Client API, "Create API Key"; contract §4. */
export const CreateKey = Type.Object(
  {
    name: KeyLabel,
    expires_in_days: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 3650, description: 'absent: the key does not expire' }),
    ),
  },
  { additionalProperties: false },
)
export type CreateKey = Static<typeof CreateKey>

const shared = {
  name: Type.String(),
  prefix: Type.String({ description: 'the first nine characters of the key' }),
  created_at: Type.String(),
}
const expiresAt = nullable(Type.String())

/** Source: V1 Client API, "Create API Key". The secret is shown this once. */
export const CreatedKey = Type.Object({
  key: Type.String({ format: 'uuid' }),
  secret: Type.String(),
  ...shared,
  expires_at: expiresAt,
})

/** Source: Admin API, "Create API Key for Tenant". The secret is shown this once. */
export const AdminCreatedKey = Type.Object({
  id: Type.String({ format: 'uuid' }),
  raw_key: Type.String(),
  ...shared,
  expires_at: expiresAt,
})

/** Source: V1 Client API and Admin API, "List API Keys". */
export const KeyList = Type.Object({
  keys: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      ...shared,
      expires_at: expiresAt,
      last_used: nullable(Type.String()),
    }),
  ),
})

export function toKeyItem(row: KeyRow): Static<typeof KeyList>['keys'][number] {
  return { id: row.id, ...sharedOf(row), last_used: toWireTime(row.last_used) }
}

export function toCreatedKey(row: KeyRow, secret: string): Static<typeof CreatedKey> {
  return { key: row.id, secret, ...sharedOf(row) }
}

export function toAdminCreatedKey(row: KeyRow, secret: string): Static<typeof AdminCreatedKey> {
  return { id: row.id, raw_key: secret, ...sharedOf(row) }
}

function sharedOf(row: KeyRow) {
  return {
    name: row.name,
    prefix: row.prefix,
    created_at: toWireTime(row.created_at),
    expires_at: toWireTime(row.expires_at),
  }
}
