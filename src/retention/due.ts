import type { RetentionConfig } from '../config/config.ts'
import type { FilePages } from '../db/database.ts'
import { toTimestamp } from '../db/columns.ts'
import { firstIdAt } from '../run-ids.ts'
import type { ContentSize } from './store.ts'

const DAY_MS = 24 * 3600 * 1000
/** Text that one step may drop, unless a single content is longer. */
const MAX_BYTES = 1024 * 1024
/** Free pages that one step may give back: moving the last pages of the file into their place takes time. */
const MAX_PAGES = 64
/** Free pages that stay for the contents to come, as a share of the file. */
const SPARE = 1 / 10

/** Above every id: ids begin with the time, and this one comes in 8,000 years. */
const ANY_RUN = 'ffffffff'

/** What the used pages of the file may take together; when the disk is short, less than now by what is missing. */
export function allowedBytes(
  { maxDatabaseBytes }: RetentionConfig,
  missingBytes: number,
  { page_count, page_size }: FilePages,
): number {
  return missingBytes === 0
    ? maxDatabaseBytes
    : Math.min(maxDatabaseBytes, page_count * page_size - missingBytes)
}

/** The contents of runs with smaller ids have to go: the aged ones, or any while the file is too large. */
export function dropBefore(
  { contentDays }: RetentionConfig,
  now: Date,
  { page_count, freelist_count, page_size }: FilePages,
  allowed: number,
): string {
  const usedBytes = (page_count - freelist_count) * page_size
  return usedBytes > allowed ? ANY_RUN : firstIdAt(now.getTime() - contentDays * DAY_MS)
}

/** Entries of wrong admin secrets from before this time have to go. */
export function authFailuresBefore({ authFailureDays }: RetentionConfig, now: Date): string {
  return toTimestamp(new Date(now.getTime() - authFailureDays * DAY_MS))
}

/** As many of the oldest contents as one step may drop: at least one. */
export function oneStepOf(contents: ContentSize[]): ContentSize[] {
  let bytes = 0
  return contents.filter((content, index) => {
    bytes += content.bytes
    return index === 0 || bytes <= MAX_BYTES
  })
}

/** How many pages one step gives back. When the disk is short, none is left over for later. */
export function pagesToFree({ page_count, freelist_count }: FilePages, isShort: boolean): number {
  const spare = isShort ? 0 : Math.ceil(page_count * SPARE)
  return Math.min(MAX_PAGES, Math.max(0, freelist_count - spare))
}
