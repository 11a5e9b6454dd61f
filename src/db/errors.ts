import { AresError, type ErrorCode } from '../errors.ts'

/**
 * What a driver's error means to us, whichever engine is below.
 *
 * `unavailable`: it may be well again the next time. `damaged`: some of what is stored cannot be read. After `unsynced`
 * nobody knows what is on the disk, and what is `lost` is another file or none: nothing more may be written.
 */
export type DatabaseFault =
  | 'unique'
  | 'foreign_key'
  | 'unavailable'
  | 'damaged'
  | 'unsynced'
  | 'lost'

/** Something that nobody has asked for yet is damaged. */
export class StorageDamaged extends Error {}

/** The database is no longer what lies at its path, or what it was: nothing can be trusted. */
export class StorageLost extends Error {}

/** The meaning of a driver's error, or undefined for anything else. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  if (error instanceof StorageDamaged) return 'damaged'
  if (error instanceof StorageLost) return 'lost'
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return undefined
  return code.startsWith('SQLITE_') ? sqliteFault(code) : standardFault(code)
}

/**
 * Codes of the SQL standard, as PostgreSQL and its kin have them: no connection, no room, the operator's doing, the
 * system's; then a statement that was cancelled, a lock that was not free, two that met, and a server that only reads.
 */
const UNAVAILABLE_STATES = /^(08|53|57P|58)|^(57014|55P03|40001|40P01|25006)$/
const SQLSTATES: Record<string, DatabaseFault> = {
  '23505': 'unique',
  '23503': 'foreign_key',
  XX001: 'damaged',
  XX002: 'damaged',
}

function standardFault(code: string): DatabaseFault | undefined {
  return SQLSTATES[code] ?? (UNAVAILABLE_STATES.test(code) ? 'unavailable' : undefined)
}

function sqliteFault(code: string): DatabaseFault | undefined {
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return 'unique'
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return 'foreign_key'
  if (code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_ERROR') return undefined
  if (code.startsWith('SQLITE_CORRUPT')) return 'damaged'
  if (code === 'SQLITE_NOTADB') return 'lost'
  if (/^SQLITE_IOERR_(DIR_)?FSYNC/.test(code)) return 'unsynced'
  if (/^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)/.test(code)) {
    return 'unavailable'
  }
  return undefined
}

interface Told {
  code: ErrorCode
  sentence: string
  retryAfterS: number
}

const UNAVAILABLE: Told = {
  code: 'storage_unavailable',
  sentence: 'The database cannot be written at the moment.',
  retryAfterS: 5,
}

/** What a caller is told of the storage's trouble. Damage does not heal by itself, so its callers come back later. */
const TOLD: Partial<Record<DatabaseFault, Told>> = {
  unavailable: UNAVAILABLE,
  unsynced: UNAVAILABLE,
  damaged: { code: 'storage_damaged', sentence: 'The database is damaged.', retryAfterS: 60 },
  lost: {
    code: 'storage_damaged',
    sentence: 'The database cannot be trusted any more; the server is stopping.',
    retryAfterS: 60,
  },
}

/** The same failure as our own error where the storage itself is in trouble; anything else unchanged. */
export function storageError(error: unknown): unknown {
  const fault = databaseFault(error)
  const told = fault && TOLD[fault]
  if (!told) return error
  const { code, sentence, retryAfterS } = told
  return new AresError(code, sentence, { cause: error, retryAfterS })
}

/** Turns the violation of a unique index into a `conflict` with that sentence; throws anything else on. */
export function conflictOn(error: unknown, sentence: string): never {
  if (databaseFault(error) === 'unique') throw new AresError('conflict', sentence, { cause: error })
  throw error
}
