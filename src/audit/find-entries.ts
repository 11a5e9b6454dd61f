import type { Db } from '../db/tables.ts'
import { SKIMMED, type WalkLane, WIDE_WINDOW } from '../db/walk.ts'
import { type AuditEntry, type AuditFilter, latestPlace, listAudit } from './store.ts'

/** Entries that are read in one turn: what a key may do can be long. */
const READ_AT_ONCE = 64
/** Of the details in one answer, about. */
const MAX_BYTES = 4 * 1024 * 1024

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

/** Entries of an answer. */
export interface FoundEntries {
  entries: AuditEntry[]
  /** Of their details. */
  bytes: number
  /** Where to go on; null at the end. */
  next: string | null
}

/** The newest entries that match, as far as one request may look and one answer may hold. */
export async function findEntries(
  { db, lane }: AuditDeps,
  { filter, limit, below, client }: AuditQuestion,
): Promise<FoundEntries> {
  const top = (await latestPlace(db)) + 1
  let bytes = 0
  const { rows, next } = await lane.walk<AuditEntry>({
    client,
    limit,
    start: String(Math.min(below ?? top, top)),
    async look(position, wanted) {
      const below = Number(position)
      const floor = Math.max(1, below - WIDE_WINDOW)
      // One more than wanted tells whether there are more.
      const most = Math.min(wanted, READ_AT_ONCE)
      const window = await listAudit(db, { floor, below }, filter, most + 1)
      const rows: AuditEntry[] = []
      let looked = 0
      for (const entry of window.slice(0, most)) {
        looked++
        if (!concerns(entry, filter.tenantId)) continue
        rows.push(entry)
        bytes += entry.bytes
        if (bytes >= MAX_BYTES) break
      }
      const end = looked < window.length ? window[looked - 1]!.place : floor
      return {
        rows,
        effort: WIDE_WINDOW * SKIMMED,
        next: end > 1 ? String(end) : null,
        full: bytes >= MAX_BYTES,
      }
    },
  })
  return { entries: rows, bytes, next }
}

/** The text of the details may have the id at a deeper place. */
function concerns({ details }: AuditEntry, tenantId: string | null): boolean {
  return tenantId === null || details['tenant_id'] === tenantId
}
