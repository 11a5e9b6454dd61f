import { createHash, timingSafeEqual } from 'node:crypto'
import { findCredential } from '../api-keys/store.ts'
import { hashKey, isWellFormedKey } from '../api-keys/key.ts'
import type { Tier, TierLimits } from '../config/config.ts'
import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import type { Caller } from '../caller/caller.ts'

/** A verified key, and whether its tenant may work. */
export interface VerifiedKey {
  caller: Caller
  suspended: boolean
}

export interface CredentialDeps {
  reads: StatementReader
  tiers: Record<Tier, TierLimits>
}

/**
 * Whose key that is, as committed: a revocation counts from the turn of its commit.
 *
 * @throws AresError `unauthorized`, with the same sentence for every reason
 */
export async function verifyKey(
  { reads, tiers }: CredentialDeps,
  secret: string | undefined,
  now: string,
): Promise<VerifiedKey> {
  if (secret === undefined || !isWellFormedKey(secret)) throw badKey()
  const found = await reads.find(findCredential, { hash: hashKey(secret) })
  if (!found || (found.expires_at !== null && found.expires_at <= now)) throw badKey()
  const tier = found.tier as Tier
  return {
    suspended: found.status === 'suspended',
    caller: {
      keyId: found.key_id,
      tenantId: found.tenant_id,
      tenantName: found.tenant_name,
      tier,
      limits: tiers[tier],
      powers: found.powers,
      familyId: found.family_id,
      used: null,
    },
  }
}

function badKey(): AresError {
  return new AresError('unauthorized', 'The API key is missing or not valid.')
}

/** Compares with the admin secret in constant time, whatever the lengths. */
export function adminSecretCheck(secret: string): (headers: Headers) => boolean {
  const expected = digest(secret)
  return (headers) => timingSafeEqual(digest(headers.get('x-admin-secret') ?? ''), expected)
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
