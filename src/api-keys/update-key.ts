import { isDeepStrictEqual } from 'node:util'
import { recordAudit } from '../audit/store.ts'
import type { Stamp } from '../db/changes.ts'
import { toWireTime } from '../db/columns.ts'
import type { Trx } from '../db/tables.ts'
import { AresError, found } from '../errors.ts'
import { requestedExpiry } from './expiry.ts'
import { grantorOf, hasExpired, requireGrant, requirePowerOver } from './grant.ts'
import { identityOf, type KeyOwner } from './manage-key.ts'
import { changedPowers, toPowersReply } from './power-fields.ts'
import { ALL_POWERS } from '../caller/powers.ts'
import type { UpdateKey } from './schema.ts'
import { type ApiKey, findKey, requireRoomForKey, updateKey } from './store.ts'

/**
 * Changes only what is given, which its next request feels; an expired key given a new end lives again.
 *
 * @throws AresError `not_found`; `forbidden` when the key before or after can do more than the one that asks;
 *   `invalid`; `conflict` for one that was replaced; `too_many_keys` when there is no room to live again
 */
export async function changeKey(
  trx: Trx,
  stamp: Stamp,
  owner: KeyOwner,
  keyId: string,
  request: UpdateKey,
): Promise<ApiKey> {
  const key = found(await findKey(trx, owner.tenantId, keyId), 'API key')
  const changed = changedKey(key, request, stamp.now)
  const grantor = await grantorOf(trx, stamp, owner)
  requirePowerOver(grantor, key)
  requireGrant(grantor, changed)
  refuseReplaced(key)
  if (isDeepStrictEqual(key, changed)) return key
  if (hasExpired(key, stamp.now) && !hasExpired(changed, stamp.now)) {
    await requireRoomForKey(trx, owner.tenantId, stamp.now)
  }
  await updateKey(trx, keyId, changed)
  await recordAudit(trx, stamp, {
    action: 'api_key.updated',
    actor: owner.actor,
    details: { ...identityOf(owner, changed), ...differences(key, changed) },
  })
  return changed
}

/** A replaced key is on its way out, and stays as it is until then. @throws AresError `conflict` */
export function refuseReplaced({ replacedBy }: ApiKey): void {
  if (replacedBy === null) return
  throw new AresError('conflict', 'This API key was rotated; another has taken its place.')
}

function changedKey(key: ApiKey, request: UpdateKey, now: string): ApiKey {
  const expiresAt = requestedExpiry(now, request)
  return {
    ...key,
    name: request.name ?? key.name,
    expiresAt: expiresAt === undefined ? key.expiresAt : expiresAt,
    powers: changedPowers(key.powers, request),
  }
}

/** What an audit entry tells of a change: the fields, and their values before and after. */
function differences(key: ApiKey, changed: ApiKey) {
  const [before, after] = [changeableOf(key), changeableOf(changed)]
  const names = Object.keys(after).filter((name) => !isDeepStrictEqual(before[name], after[name]))
  const only = (values: Record<string, unknown>) =>
    Object.fromEntries(names.map((name) => [name, values[name]]))
  return { changed: names, before: only(before), after: only(after) }
}

function changeableOf({ name, expiresAt, powers }: ApiKey): Record<string, unknown> {
  return { name, expires_at: toWireTime(expiresAt), ...toPowersReply(powers ?? ALL_POWERS) }
}
