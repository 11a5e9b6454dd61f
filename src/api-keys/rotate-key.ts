import { recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import { toTimestamp, toWireTime } from '../db/columns.ts'
import type { Trx } from '../db/tables.ts'
import { AresError, found } from '../errors.ts'
import { daysAfter } from './expiry.ts'
import { grantorOf, hasExpired, requireGrant } from './grant.ts'
import { mintKey } from './key.ts'
import { identityOf, type KeyOwner } from './manage-key.ts'
import type { RotateKey } from './schema.ts'
import {
  type ApiKey,
  findKey,
  insertKey,
  replaceKey,
  requireRoomForKey,
  type RotatedKey,
} from './store.ts'
import { refuseReplaced } from './update-key.ts'

/**
 * A new key in the place of another: same name, powers and count of what was spent. It ends when the old one would
 * have, unless it is given a life of its own. The old one goes on working for the overlap, and not beyond its own end.
 *
 * @throws AresError `not_found`; `forbidden` when the old key can do more than the one that asks; `conflict` for one
 *   that has expired or was rotated already; `too_many_keys` when a hundred replaced ones still work
 */
export async function rotateKey(
  trx: Trx,
  stamp: Stamp,
  owner: KeyOwner,
  keyId: string,
  request: RotateKey,
): Promise<RotatedKey> {
  const { now } = stamp
  const { tenantId } = owner
  const old = found(await findKey(trx, tenantId, keyId), 'API key')
  const days = request.expires_in_days
  const expiresAt = days === undefined ? old.expiresAt : daysAfter(now, days)
  requireGrant(await grantorOf(trx, stamp, owner), { ...old, expiresAt })
  refuseReplaced(old)
  if (hasExpired(old, now)) throw new AresError('conflict', 'This API key has expired.')

  const oldKeyExpiresAt = endOf(old, now, request.overlap_seconds ?? 0)
  if (oldKeyExpiresAt > now) await requireRoomForKey(trx, tenantId, now, 'replaced')
  const { name, powers, familyId } = old
  const minted = mintKey()
  const id = stamp.newId()
  const successor = { id, tenantId, name, minted, now, expiresAt, powers, familyId }
  const key = await insertKey(trx, successor)
  await replaceKey(trx, old.id, { replacedBy: id, endsAt: oldKeyExpiresAt, now })
  await recordAudit(trx, stamp, {
    action: 'api_key.rotated',
    actor: owner.actor,
    details: {
      ...identityOf(owner, old),
      replaced_by: id,
      new_prefix: key.prefix,
      old_key_expires_at: toWireTime(oldKeyExpiresAt),
    },
  })
  return { key, secret: minted.secret, replaces: old.id, oldKeyExpiresAt }
}

function endOf({ expiresAt }: ApiKey, now: string, overlapSeconds: number): string {
  const ends = toTimestamp(new Date(Date.parse(now) + overlapSeconds * 1000))
  return expiresAt !== null && expiresAt < ends ? expiresAt : ends
}
