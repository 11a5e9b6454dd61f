import { AresError } from '../errors.ts'
import { lookup, statement } from '../db/statements.ts'
import type { ApiKeysTable, Db } from '../db/tables.ts'
import type { MintedKey } from './key.ts'

/** Source: contract §4. */
export const MAX_LIVE_KEYS = 100

export type KeyRow = Pick<
  ApiKeysTable,
  'id' | 'name' | 'prefix' | 'created_at' | 'expires_at' | 'last_used'
>

const KEY_COLUMNS = ['id', 'name', 'prefix', 'created_at', 'expires_at', 'last_used'] as const

/** Whose key this is: the one read that admits a request. */
export const findCredential = lookup(
  'find_credential',
  (db, p: { hash: string }) =>
    db
      .selectFrom('api_keys as k')
      .innerJoin('tenants as t', 't.id', 'k.tenant_id')
      .select([
        'k.id as key_id',
        'k.expires_at',
        't.id as tenant_id',
        't.name as tenant_name',
        't.tier',
        't.status',
      ])
      .where('k.hash', '=', p.hash)
      .where('k.revoked_at', 'is', null)
      .where('t.deleted_at', 'is', null),
  ([row]) => row!,
)

/** Notes the latest use of a key. Part of the periodic flush, so up to a second late. */
export const touchKey = statement('touch_key', (db, p: { key_id: string; last_used: string }) =>
  db.updateTable('api_keys').set({ last_used: p.last_used }).where('id', '=', p.key_id),
)

export interface NewKey {
  id: string
  tenantId: string
  name: string
  minted: MintedKey
  now: string
  expiresAt: string | null
}

/** @throws AresError `too_many_keys` */
export async function insertKey(trx: Db, key: NewKey): Promise<KeyRow> {
  if ((await countLiveKeys(trx, key.tenantId, key.now)) >= MAX_LIVE_KEYS) {
    throw new AresError('too_many_keys', `A tenant has at most ${MAX_LIVE_KEYS} live API keys.`)
  }
  const row = {
    id: key.id,
    tenant_id: key.tenantId,
    name: key.name,
    prefix: key.minted.prefix,
    hash: key.minted.hash,
    scopes: null,
    created_at: key.now,
    expires_at: key.expiresAt,
    last_used: null,
    revoked_at: null,
  }
  await trx.insertInto('api_keys').values(row).execute()
  return row
}

async function countLiveKeys(db: Db, tenantId: string, now: string): Promise<number> {
  const { live } = await db
    .selectFrom('api_keys')
    .select((eb) => eb.fn.countAll<number>().as('live'))
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirstOrThrow()
  return live
}

/** The tenant's keys by creation, without revoked ones, with expired ones. */
export function listKeys(db: Db, tenantId: string): Promise<KeyRow[]> {
  return db
    .selectFrom('api_keys')
    .select(KEY_COLUMNS)
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

/** Revokes the tenant's key at once; undefined when there is no such living key. */
export function revokeKey(
  trx: Db,
  tenantId: string,
  keyId: string,
  now: string,
): Promise<KeyRow | undefined> {
  return trx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('id', '=', keyId)
    .where('revoked_at', 'is', null)
    .returning(KEY_COLUMNS)
    .executeTakeFirst()
}

/** Revokes whatever keys a tenant has; for its deletion. */
export async function revokeAllKeys(trx: Db, tenantId: string, now: string): Promise<void> {
  await trx
    .updateTable('api_keys')
    .set({ revoked_at: now })
    .where('tenant_id', '=', tenantId)
    .where('revoked_at', 'is', null)
    .execute()
}
