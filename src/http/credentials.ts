import { createHash, timingSafeEqual } from 'node:crypto'
import { findCredential } from '../api-keys/store.ts'
import { hashKey, isWellFormedKey } from '../api-keys/key.ts'
import type { Tier, TierLimits } from '../config/config.ts'
import type { StatementReader } from '../db/statements.ts'
import { AresError } from '../errors.ts'
import type { Caller } from '../tenants/caller.ts'
import { monthOf } from '../usage/period.ts'

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
 * Whose key the `Authorization` header holds, read from committed data: no cache that could outlive a revocation.
 *
 * @throws AresError `unauthorized`, with the same sentence for every reason
 */
export async function verifyKey(
  { reads, tiers }: CredentialDeps,
  headers: Headers,
  now: string,
): Promise<VerifiedKey> {
  const secret = /^Bearer ([\x21-\x7e]+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (secret === undefined || !isWellFormedKey(secret)) throw badKey()
  const found = await reads.get(findCredential, { hash: hashKey(secret), month: monthOf(now) })
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
      used: { runs: found.runs ?? 0, tokens: found.tokens ?? 0 },
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
