import { type Actor, recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import { toTimestamp } from '../db/columns.ts'
import type { Db } from '../db/tables.ts'
import { found } from '../errors.ts'
import { mintKey } from './key.ts'
import type { CreateKey } from './schema.ts'
import { insertKey, type KeyRow, revokeKey } from './store.ts'

/** Whose key, and who asks. */
export interface KeyOwner {
  tenantId: string
  tenantName: string
  actor: Actor
}

const DAY_MS = 86_400_000

/** A new key; its secret exists only in what this returns. @throws AresError `too_many_keys` */
export async function createKey(
  trx: Db,
  stamp: Stamp,
  { tenantId, tenantName, actor }: KeyOwner,
  { name, expires_in_days }: CreateKey,
): Promise<{ key: KeyRow; secret: string }> {
  const minted = mintKey()
  const id = stamp.newId()
  const expiresAt = expires_in_days === undefined ? null : daysAfter(stamp.now, expires_in_days)
  const key = await insertKey(trx, { id, tenantId, name, minted, now: stamp.now, expiresAt })
  await recordAudit(trx, stamp, {
    action: 'api_key.created',
    actor,
    details: {
      tenant_id: tenantId,
      tenant_name: tenantName,
      key_id: id,
      key_name: name,
      prefix: minted.prefix,
    },
  })
  return { key, secret: minted.secret }
}

/** Revokes a key, which its next request feels. @throws AresError `not_found` */
export async function revokeTenantKey(
  trx: Db,
  stamp: Stamp,
  { tenantId, tenantName, actor }: KeyOwner,
  keyId: string,
): Promise<void> {
  const key = found(await revokeKey(trx, tenantId, keyId, stamp.now), 'API key')
  await recordAudit(trx, stamp, {
    action: 'api_key.revoked',
    actor,
    details: {
      tenant_id: tenantId,
      tenant_name: tenantName,
      key_id: keyId,
      key_name: key.name,
      prefix: key.prefix,
    },
  })
}

function daysAfter(timestamp: string, days: number): string {
  return toTimestamp(new Date(Date.parse(timestamp) + days * DAY_MS))
}
