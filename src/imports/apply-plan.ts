import { createKey, type KeyOwner } from '../api-keys/manage-key.ts'
import { updateKey } from '../api-keys/store.ts'
import type { Actor } from '../audit/store.ts'
import { change, type ChangeDeps, type Stamp } from '../db/changes.ts'
import type { Trx } from '../db/tables.ts'
import { createTenant } from '../tenants/manage-tenant.ts'
import type { CreateTenant } from '../tenants/schema.ts'
import type { ImportPlan, PlannedKey } from './plan.ts'
import type { MappedKey } from './output-files.ts'

/** Who the audit log says it was. */
const ACTOR: Actor = 'import'

export interface ApplyOptions {
  plan: ImportPlan
  tier: CreateTenant['tier']
  /** Writes what has to be there before the commit; answers how to take it back. */
  writeFiles: (keys: MappedKey[]) => () => void
}

/**
 * Creates the plan's tenants and keys: all of them in one transaction, or none. The mapping is on the disk before the
 * commit, for the new secrets exist nowhere else.
 *
 * @throws AresError `conflict` when a tenant has such a name, and what `writeFiles` throws
 */
export async function applyPlan(deps: ChangeDeps, options: ApplyOptions): Promise<void> {
  const { plan, tier, writeFiles } = options
  let takeBack: (() => void) | undefined
  try {
    await change(deps, async (trx, stamp) => {
      const mapped: MappedKey[] = []
      for (const { name, keys } of plan.tenants) {
        const { id } = await createTenant(trx, stamp, { name, tier }, ACTOR)
        const owner: KeyOwner = { tenantId: id, tenantName: name, actor: ACTOR }
        for (const key of keys) mapped.push(await replaceKey(trx, stamp, owner, key))
      }
      takeBack = writeFiles(mapped)
    })
  } catch (error) {
    takeBack?.()
    throw error
  }
}

async function replaceKey(
  trx: Trx,
  stamp: Stamp,
  owner: KeyOwner,
  { label, oldKey, expiresAt, models, networks }: PlannedKey,
): Promise<MappedKey> {
  const { key, secret } = await createKey(trx, stamp, owner, {
    name: label,
    // What it replaces could call models and nothing else: not, for instance, make further keys.
    scopes: ['run', 'chat', 'read'],
    allowed_models: models,
    allowed_networks: networks,
  })
  // To the second of the old key, where a request can only name days.
  if (expiresAt !== null) {
    await updateKey(trx, key.id, { name: label, expiresAt, powers: key.powers })
  }
  return { old_key: oldKey, new_key: secret, tenant: owner.tenantName, name: label }
}
