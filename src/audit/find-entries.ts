import type { Db } from '../db/tables.ts'
import { type WalkLane, WINDOW } from '../db/walk.ts'
import { type AuditEntry, type AuditFilter, listAudit } from './store.ts'

export interface AuditDeps {
  db: Db
  lane: WalkLane
}

export interface AuditQuestion {
  filter: AuditFilter
  limit: number
  /** Only entries below this number; null at the top. */
  below: number | null
  client: AbortSignal
}

/** Above every number. */
const TOP = Number.MAX_SAFE_INTEGER

/** The newest entries that match, as far as one request may look, and where to go on. */
export async function findEntries(
  { db, lane }: AuditDeps,
  { filter, limit, below, client }: AuditQuestion,
): Promise<{ entries: AuditEntry[]; next: string | null }> {
  // Without a filter, one more than asked for tells whether there are more.
  const isFiltered = Object.values(filter).some((value) => value !== null)
  const { rows, next } = await lane.walk<AuditEntry>({
    client,
    limit,
    start: String(below ?? TOP),
    async look(position, wanted) {
      const size = isFiltered ? WINDOW : Math.min(WINDOW, wanted + 1)
      const window = await listAudit(db, Number(position), size)
      const matching = window.filter((entry) => matches(entry, filter))
      const rows = matching.slice(0, wanted)
      const isCut = matching.length > wanted
      const last = isCut ? rows.at(-1) : window.length === size ? window.at(-1) : undefined
      return { rows, effort: size, next: last ? String(last.seq) : null }
    },
  })
  return { entries: rows, next }
}

function matches({ action, actor, details, timestamp }: AuditEntry, filter: AuditFilter): boolean {
  return (
    (filter.action === null || action === filter.action) &&
    (filter.actor === null || actor === filter.actor) &&
    (filter.tenantId === null || details['tenant_id'] === filter.tenantId) &&
    (filter.from === null || timestamp >= filter.from) &&
    (filter.to === null || timestamp < filter.to)
  )
}
