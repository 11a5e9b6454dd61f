import type { Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { AresError, type ErrorDetail } from '../errors.ts'
import { POWER_NAMES } from './power-fields.ts'
import { excessOf, hasCap } from '../caller/powers.ts'
import { type ApiKey, findKey } from './store.ts'

/*
 * No key hands out more than it has. A key without limits is its tenant; one with limits makes, changes, rotates and
 * revokes only keys that can do nothing it cannot, itself included:
 *
 * - in each power the other key is as narrow or narrower
 * - with a monthly cap, both count together (`family_id`), or each new key would be a new cap
 * - what it makes or changes does not outlive it
 */

/** The key that asks, as it stands inside the transaction; null for an operator. @throws AresError `unauthorized` */
export async function grantorOf(
  trx: Trx,
  stamp: Stamp,
  { tenantId, keyId }: { tenantId: string; keyId?: string | undefined },
): Promise<ApiKey | null> {
  if (keyId === undefined) return null
  const key = await findKey(trx, tenantId, keyId)
  // Revoked or expired since the front door let it in.
  if (!key || hasExpired(key, stamp.now)) {
    throw new AresError('unauthorized', 'The API key is not valid.')
  }
  return key
}

export function hasExpired({ expiresAt }: Pick<ApiKey, 'expiresAt'>, now: string): boolean {
  return expiresAt !== null && expiresAt <= now
}

/** Refuses to touch a key that can do more than the one that asks. @throws AresError `forbidden` */
export function requirePowerOver(
  grantor: ApiKey | null,
  key: Pick<ApiKey, 'powers' | 'familyId'>,
): void {
  if (!grantor?.powers) return
  const excess = excessOf(key.powers, grantor.powers).map((power) => `/${POWER_NAMES[power]}`)
  if (excess.length > 0) throw tooMuch(excess)
  if (hasCap(grantor.powers) && key.familyId !== grantor.familyId) {
    throw new AresError(
      'forbidden',
      'This API key has a monthly cap and manages only keys that count together with it.',
    )
  }
}

/** Refuses to hand out more than the key that asks has, its lifetime included. @throws AresError `forbidden` */
export function requireGrant(
  grantor: ApiKey | null,
  key: Pick<ApiKey, 'powers' | 'familyId' | 'expiresAt'>,
): void {
  requirePowerOver(grantor, key)
  if (!grantor?.powers || grantor.expiresAt === null) return
  if (key.expiresAt === null || key.expiresAt > grantor.expiresAt) throw tooMuch(['/expires_at'])
}

function tooMuch(paths: string[]): AresError {
  const details: ErrorDetail[] = paths.map((path) => ({
    path,
    message: 'more than the API key that asks has itself',
  }))
  const names = paths.map((path) => path.slice(1)).join(', ')
  return new AresError('forbidden', `This API key cannot give or change what it lacks: ${names}.`, {
    details,
  })
}
