import type { Db } from '../db/tables.ts'
import { openUnchanged } from './open-unchanged.ts'
import type { ImportPlan } from './plan.ts'
import { counted } from './words.ts'

/** The names of living tenants. */
export async function tenantNames(db: Db): Promise<Set<string>> {
  const rows = await db
    .selectFrom('tenants')
    .select('name')
    .where('deleted_at', 'is', null)
    .execute()
  return new Set(rows.map(({ name }) => name))
}

/** The same from a file, beside which nothing is written, whether a server uses it or not. */
export function tenantNamesIn(path: string): Set<string> {
  using database = openUnchanged(path)
  const rows = database
    .query<{ name: string }, []>('select name from tenants where deleted_at is null')
    .all()
  return new Set(rows.map(({ name }) => name))
}

/** The plan without the tenants whose names are in use: they keep their keys, and nothing is added to them. */
export function withoutTenants(plan: ImportPlan, existing: ReadonlySet<string>): ImportPlan {
  const leftOut = plan.tenants
    .filter(({ name }) => existing.has(name))
    .map(({ name, sourceName, keys }) => ({
      what: `user ${sourceName} with ${counted(keys.length, 'key')}`,
      why: `there is a tenant ${name} already`,
    }))
  return {
    ...plan,
    tenants: plan.tenants.filter(({ name }) => !existing.has(name)),
    leftOut: [...plan.leftOut, ...leftOut],
  }
}
