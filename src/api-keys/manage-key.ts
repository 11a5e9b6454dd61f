import { type Actor, recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { found } from '../errors.ts'
import { daysAfter } from './expiry.ts'
import { grantorOf, requireGrant, requirePowerOver } from './grant.ts'
import { mintKey } from './key.ts'
import { changedPowers, toPowersReply } from './power-fields.ts'
import { hasCap } from '../caller/powers.ts'
import type { CreateKey } from './schema.ts'
import { type ApiKey, findKey, insertKey, requireRoomForKey, revokeKey } from './store.ts'

/** Whose key, and who asks. */
export interface KeyOwner {
  tenantId: string
  tenantName: string
  actor: Actor
  /** The key that asks; absent for operators. */
  keyId?: string
}

/**
 * A new key; its secret exists only in what this returns.
 *
 * @throws AresError `too_many_keys`, and `forbidden` when the key that asks has less than it wants to give
 */
export async function createKey(
  trx: Trx,
  stamp: Stamp,
  owner: KeyOwner,
  { name, expires_in_days, ...given }: CreateKey,
): Promise<{ key: ApiKey; secret: string }> {
  const grantor = await grantorOf(trx, stamp, owner)
  const id = stamp.newId()
  const wanted = {
    powers: changedPowers(null, given),
    expiresAt: expires_in_days === undefined ? null : daysAfter(stamp.now, expires_in_days),
    familyId: grantor?.powers && hasCap(grantor.powers) ? grantor.familyId : id,
  }
  requireGrant(grantor, wanted)
  const { tenantId } = owner
  await requireRoomForKey(trx, tenantId, stamp.now)
  const minted = mintKey()
  const key = await insertKey(trx, { id, tenantId, name, minted, now: stamp.now, ...wanted })
  await recordAudit(trx, stamp, {
    action: 'api_key.created',
    actor: owner.actor,
    details: {
      ...identityOf(owner, key),
      ...(key.powers && { powers: toPowersReply(key.powers) }),
    },
  })
  return { key, secret: minted.secret }
}

/** Revokes a key, which its next request feels. @throws AresError `not_found`, `forbidden` */
export async function revokeTenantKey(
  trx: Trx,
  stamp: Stamp,
  owner: KeyOwner,
  keyId: string,
): Promise<void> {
  const key = found(await findKey(trx, owner.tenantId, keyId), 'API key')
  requirePowerOver(await grantorOf(trx, stamp, owner), key)
  await revokeKey(trx, owner.tenantId, keyId, stamp.now)
  await recordAudit(trx, stamp, {
    action: 'api_key.revoked',
    actor: owner.actor,
    details: identityOf(owner, key),
  })
}

/** Which key an audit entry tells of. */
export function identityOf(
  { tenantId, tenantName }: KeyOwner,
  { id, name, prefix }: ApiKey,
): Record<string, unknown> {
  return { tenant_id: tenantId, tenant_name: tenantName, key_id: id, key_name: name, prefix }
}
