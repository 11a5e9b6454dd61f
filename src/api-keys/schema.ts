import { type Static, Type } from '@sinclair/typebox'
import { toWireTime } from '../db/columns.ts'
import { nullable } from '../http/nullable.ts'
import { MAX_DAYS, MOMENT_PATTERN } from './expiry.ts'
import { powerFields, PowersReply, toPowersReply } from './power-fields.ts'
import type { ApiKey, RotatedKey } from './store.ts'

/** A label counts characters, not UTF-16 units, so a surrogate pair is one and a lone surrogate none. */
export const KeyLabel = Type.String({
  pattern:
    '^(?:[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff]){1,100}$',
  description: '1 to 100 characters without control characters',
})

function daysToLive(description: string) {
  return Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_DAYS, description }))
}

/** Both APIs take the same. Source: V1 Client API, "Create API Key"; contract 4.3. */
export const CreateKey = Type.Object(
  {
    name: KeyLabel,
    expires_in_days: daysToLive('absent: the key does not expire'),
    ...powerFields,
  },
  { additionalProperties: false },
)
export type CreateKey = Static<typeof CreateKey>

/** Changes of a key: only what is given; null removes a limit. */
export const UpdateKey = Type.Object(
  {
    name: Type.Optional(KeyLabel),
    expires_at: Type.Optional(
      nullable(
        Type.String({
          pattern: MOMENT_PATTERN,
          description: 'a time ahead as in RFC 3339, such as 2027-03-13T14:22:00Z',
        }),
      ),
    ),
    expires_in_days: daysToLive('from now on; in place of expires_at'),
    ...powerFields,
  },
  { additionalProperties: false },
)
export type UpdateKey = Static<typeof UpdateKey>

const MAX_OVERLAP_S = 2_592_000

/** How one key takes another's place. */
export const RotateKey = Type.Object(
  {
    overlap_seconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: MAX_OVERLAP_S,
        default: 0,
        description: 'how long the old key goes on working; 0 revokes it at once',
      }),
    ),
    expires_in_days: daysToLive('absent: the new key ends when the old one would have'),
  },
  { additionalProperties: false },
)
export type RotateKey = Static<typeof RotateKey>

const shared = {
  name: Type.String(),
  prefix: Type.String({ description: 'the first nine characters of the key' }),
  created_at: Type.String(),
  expires_at: nullable(Type.String()),
  powers: Type.Optional(PowersReply),
}

/** Source: V1 Client API, "Create API Key". The secret is shown this once. */
export const CreatedKey = Type.Object({
  key: Type.String({ format: 'uuid' }),
  secret: Type.String(),
  ...shared,
})

/** Source: Admin API, "Create API Key for Tenant". The secret is shown this once. */
export const AdminCreatedKey = Type.Object({
  id: Type.String({ format: 'uuid' }),
  raw_key: Type.String(),
  ...shared,
})

const replacing = {
  replaces: Type.String({ format: 'uuid', description: 'the id of the old key' }),
  old_key_expires_at: Type.String({ description: 'when the old key stops working' }),
}

/** As for a new key. The secret is shown this once. */
export const RotatedKeyReply = Type.Object({ ...CreatedKey.properties, ...replacing })

/** As for a new key. The secret is shown this once. */
export const AdminRotatedKeyReply = Type.Object({ ...AdminCreatedKey.properties, ...replacing })

/** A key as lists and changes show it. */
export const KeyItem = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ...shared,
  last_used: nullable(Type.String()),
})

/** Source: V1 Client API and Admin API, "List API Keys". */
export const KeyList = Type.Object({ keys: Type.Array(KeyItem) })

export function toKeyItem(key: ApiKey): Static<typeof KeyItem> {
  return { id: key.id, ...sharedOf(key), last_used: toWireTime(key.lastUsed) }
}

export function toCreatedKey(key: ApiKey, secret: string): Static<typeof CreatedKey> {
  return { key: key.id, secret, ...sharedOf(key) }
}

export function toAdminCreatedKey(key: ApiKey, secret: string): Static<typeof AdminCreatedKey> {
  return { id: key.id, raw_key: secret, ...sharedOf(key) }
}

export function toRotatedKey(rotated: RotatedKey): Static<typeof RotatedKeyReply> {
  return { ...toCreatedKey(rotated.key, rotated.secret), ...replacedBy(rotated) }
}

export function toAdminRotatedKey(rotated: RotatedKey): Static<typeof AdminRotatedKeyReply> {
  return { ...toAdminCreatedKey(rotated.key, rotated.secret), ...replacedBy(rotated) }
}

function replacedBy({ replaces, oldKeyExpiresAt }: RotatedKey) {
  return { replaces, old_key_expires_at: toWireTime(oldKeyExpiresAt) }
}

function sharedOf({ name, prefix, createdAt, expiresAt, powers }: ApiKey) {
  return {
    name,
    prefix,
    created_at: toWireTime(createdAt),
    expires_at: toWireTime(expiresAt),
    ...(powers && { powers: toPowersReply(powers) }),
  }
}
