import type { Db } from '../db/tables.ts'
import { SKIMMED, type WalkLane, WIDE_WINDOW } from '../db/walk.ts'
import { type AuditEntry, type AuditFilter, latestPlace, listAudit } from './store.ts'

export interface AuditDeps {
  db: Db
  lane: WalkLane
}

export interface AuditQuestion {
  filter: AuditFilter
  limit: number
  /** Only entries below this place; null at the top. */
  below: number | null
  client: AbortSignal
}

/** The newest entries that match, as far as one request may look, and where to go on. */
export async function findEntries(
  { db, lane }: AuditDeps,
  { filter, limit, below, client }: AuditQuestion,
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  const top = (await latestPlace(db)) + 1
  const { rows, next } = await lane.walk<AuditEntry>({
    client,
    limit,
    start: String(Math.min(below ?? top, top)),
    async look(position, wanted) {
      const below = Number(position)
      const floor = Math.max(1, below - WIDE_WINDOW)
      // One more than wanted tells whether there are more.
      const window = await listAudit(db, { floor, below }, filter, wanted + 1)
      const considered = window.slice(0, wanted)
      const end = window.length > wanted ? considered.at(-1)!.place : floor
      return {
        rows: considered.filter((entry) => concerns(entry, filter.tenantId)),
        effort: WIDE_WINDOW * SKIMMED,
        next: end > 1 ? String(end) : null,
      }
    },
  })
  return { entries: rows, next }
}

/** The text of the details may have the id at a deeper place. */
function concerns({ details }: AuditEntry, tenantId: string | null): boolean {
  return tenantId === null || details['tenant_id'] === tenantId
}
