import type { RetentionConfig } from '../config/config.ts'
import type { DiskSpace } from './disk-space.ts'

/** `low`: no content is kept; `full`: no run begins either. */
export type DiskLevel = 'enough' | 'low' | 'full'

/** Less than this much free is `low` or `full`; 0 is never. */
export interface DiskLimits {
  lowBytes: number
  fullBytes: number
}

const MIB = 1024 * 1024
const LOW = { bytes: 512 * MIB, share: 1 / 10 }
const FULL = { bytes: 64 * MIB, share: 1 / 50 }
/** Room must grow by this factor to be enough again, or the level would change with every file that comes and goes. */
const RECOVERY = 1.25

/** The limits of the configuration; those left out are smaller on small disks. */
export function diskLimits(
  { lowDiskBytes, minDiskBytes }: RetentionConfig,
  totalBytes: number,
): DiskLimits {
  const byDefault = ({ bytes, share }: typeof LOW) => Math.min(bytes, totalBytes * share)
  const lowBytes = lowDiskBytes ?? byDefault(LOW)
  return { lowBytes, fullBytes: Math.min(minDiskBytes ?? byDefault(FULL), lowBytes) }
}

/** The level after `before`. */
export function diskLevel(
  { freeBytes }: DiskSpace,
  { lowBytes, fullBytes }: DiskLimits,
  before: DiskLevel,
): DiskLevel {
  const isBelow = (limit: number, wasBelow: boolean) =>
    freeBytes < (wasBelow ? limit * RECOVERY : limit)
  if (isBelow(fullBytes, before === 'full')) return 'full'
  return isBelow(lowBytes, before !== 'enough') ? 'low' : 'enough'
}

/** What must be freed until there is enough again. */
export function missingBytes({ freeBytes }: DiskSpace, { lowBytes }: DiskLimits): number {
  return Math.max(0, lowBytes * RECOVERY - freeBytes)
}

/** The pace that a database on a fast disk may grow at; it grows much slower as a rule. */
const FASTEST_BYTES_PER_MS = 100_000

/** In how many milliseconds the next lower level may be reached at the earliest; Infinity when there is none. */
export function earliestDropMs(
  { freeBytes }: DiskSpace,
  { lowBytes, fullBytes }: DiskLimits,
  level: DiskLevel,
): number {
  if (level === 'full') return Infinity
  const limit = level === 'low' ? fullBytes : lowBytes
  return Math.max(0, freeBytes - limit) / FASTEST_BYTES_PER_MS
}
