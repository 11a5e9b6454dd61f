import { lookup, statement } from '../db/statements.ts'
import type { ApiKeysTable, Db, Trx } from '../db/tables.ts'
import { AresError } from '../errors.ts'
import type { MintedKey } from './key.ts'
import { toPowers, POWER_COLUMNS, toPowerColumns } from './power-columns.ts'
import type { Powers } from '../caller/powers.ts'

/** Source: contract 4.3. */
export const MAX_LIVE_KEYS = 100

/** A key as it is stored, without its hash. */
export interface ApiKey {
  id: string
  name: string
  prefix: string
  createdAt: string
  expiresAt: string | null
  lastUsed: string | null
  /** Null when the key may do all that its tenant may. */
  powers: Powers | null
  familyId: string
  /** The key that a rotation has put in its place. */
  replacedBy: string | null
}

/** A key that took another's place. */
export interface RotatedKey {
  key: ApiKey
  secret: string
  /** The id of the old one. */
  replaces: string
  /** When the old one stops working; at once for an overlap of 0. */
  oldKeyExpiresAt: string
}

const KEY_COLUMNS = [
  'id',
  'name',
  'prefix',
  'created_at',
  'expires_at',
  'last_used',
  'family_id',
  'replaced_by',
  ...POWER_COLUMNS,
] as const

type KeyRow = Pick<ApiKeysTable, (typeof KEY_COLUMNS)[number]>

/** Whose key this is, and what it may do: the one read that admits a request. */
export const findCredential = lookup(
  'find_credential',
  (db, p: { hash: string }) =>
    db
      .selectFrom('api_keys as k')
      .innerJoin('tenants as t', 't.id', 'k.tenant_id')
      .select([
        'k.id as key_id',
        'k.expires_at',
        'k.family_id',
        't.id as tenant_id',
        't.name as tenant_name',
        't.tier',
        't.status',
        ...POWER_COLUMNS,
      ])
      .where('k.hash', '=', p.hash)
      .where('k.revoked_at', 'is', null)
      .where('t.deleted_at', 'is', null),
  ([row]) => ({ ...row!, powers: toPowers(row!) }),
)

/** Notes the latest use of a key, and never an earlier one. Part of the periodic flush, so up to a second late. */
export const touchKey = statement('touch_key', (db, p: { key_id: string; last_used: string }) =>
  db
    .updateTable('api_keys')
    .set({ last_used: p.last_used })
    .where('id', '=', p.key_id)
    .where((eb) => eb.or([eb('last_used', 'is', null), eb('last_used', '<', p.last_used)])),
)

export interface NewKey {
  id: string
  tenantId: string
  name: string
  minted: MintedKey
  now: string
  expiresAt: string | null
  powers: Powers | null
  familyId: string
}

export async function insertKey(trx: Trx, key: NewKey): Promise<ApiKey> {
  const row = {
    id: key.id,
    name: key.name,
    prefix: key.minted.prefix,
    created_at: key.now,
    expires_at: key.expiresAt,
    last_used: null,
    family_id: key.familyId,
    replaced_by: null,
    ...toPowerColumns(key.powers),
  }
  const { tenantId: tenant_id, minted } = key
  await trx
    .insertInto('api_keys')
    .values({ ...row, tenant_id, hash: minted.hash, revoked_at: null })
    .execute()
  return toKey(row)
}

/**
 * Refuses one key more than a tenant may have. Those that a rotation has replaced and that still work for a while are
 * counted apart, so that it needs no free place.
 *
 * @throws AresError `too_many_keys`
 */
export async function requireRoomForKey(
  trx: Trx,
  tenantId: string,
  now: string,
  kind: 'own' | 'replaced' = 'own',
): Promise<void> {
  const { live } = await trx
    .selectFrom('api_keys')
    .select((eb) => eb.fn.countAll<number>().as('live'))
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .where('replaced_by', kind === 'own' ? 'is' : 'is not', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirstOrThrow()
  if (live < MAX_LIVE_KEYS) return
  const noun = kind === 'own' ? 'live API keys' : 'replaced API keys that still work'
  throw new AresError('too_many_keys', `A tenant has at most ${MAX_LIVE_KEYS} ${noun}.`)
}

/** The tenant's keys by creation, without revoked ones, with expired ones. */
export async function listKeys(db: Db, tenantId: string): Promise<ApiKey[]> {
  const rows = await unrevokedKeys(db, tenantId).orderBy('created_at').orderBy('id').execute()
  return rows.map(toKey)
}

/** The tenant's key, expired ones too; undefined when there is none, or it was revoked. */
export async function findKey(
  db: Db,
  tenantId: string,
  keyId: string,
): Promise<ApiKey | undefined> {
  const row = await unrevokedKeys(db, tenantId).where('id', '=', keyId).executeTakeFirst()
  return row && toKey(row)
}

function unrevokedKeys(db: Db, tenantId: string) {
  return db
    .selectFrom('api_keys')
    .select(KEY_COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
}

/** What may change about a key. */
export type KeyChange = Pick<ApiKey, 'name' | 'expiresAt' | 'powers'>

export async function updateKey(trx: Trx, keyId: string, change: KeyChange): Promise<void> {
  await trx
    .updateTable('api_keys')
    .set({ name: change.name, expires_at: change.expiresAt, ...toPowerColumns(change.powers) })
    .where('id', '=', keyId)
    .execute()
}

/** Notes which key took this one's place, and when this one ends. */
export async function replaceKey(
  trx: Trx,
  keyId: string,
  { replacedBy, endsAt, now }: { replacedBy: string; endsAt: string; now: string },
): Promise<void> {
  const ends = endsAt <= now ? { revoked_at: now } : { expires_at: endsAt }
  await trx
    .updateTable('api_keys')
    .set({ replaced_by: replacedBy, ...ends })
    .where('id', '=', keyId)
    .execute()
}

/** Revokes the tenant's key at once; undefined when there is no such living key. */
export async function revokeKey(
  trx: Trx,
  tenantId: string,
  keyId: string,
  now: string,
): Promise<ApiKey | undefined> {
  const row = await trx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .returning(KEY_COLUMNS)
    .executeTakeFirst()
  return row && toKey(row)
}

/** Revokes whatever keys a tenant has; for its deletion. */
export async function revokeAllKeys(trx: Trx, tenantId: string, now: string): Promise<void> {
  await trx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .execute()
}

function toKey(row: KeyRow): ApiKey {
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsed: row.last_used,
    powers: toPowers(row),
    familyId: row.family_id,
    replacedBy: row.replaced_by,
  }
}
