import { AresError } from '../errors.ts'

/** What a driver's error means to us, whichever engine is below. */
export type DatabaseFault = 'unique' | 'foreign_key' | 'unavailable' | 'fatal'

/** The meaning of a driver's error, or undefined for anything else. */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string' || !code.startsWith('SQLITE_')) return undefined
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY')
    return 'unique'
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY') return 'foreign_key'
  if (code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_ERROR') return undefined
  // After a failed fsync nobody knows what is on the disk; a corrupt file must not be written to.
  if (/^SQLITE_(IOERR_(DIR_)?FSYNC|CORRUPT|NOTADB)/.test(code)) return 'fatal'
  if (/^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|NOMEM|PROTOCOL)/.test(code)) {
    return 'unavailable'
  }
  return undefined
}

/** Seconds a caller is asked to wait while the disk is full or the file is locked. */
const STORAGE_RETRY_S = 5

/** The same failure as our own error where the storage itself is in trouble; anything else unchanged. */
export function storageError(error: unknown): unknown {
  const fault = databaseFault(error)
  if (fault !== 'unavailable' && fault !== 'fatal') return error
  return new AresError('storage_unavailable', 'The database cannot be written at the moment.', {
    cause: error,
    retryAfterS: STORAGE_RETRY_S,
  })
}

/** Turns the violation of a unique index into a `conflict` with that sentence; throws anything else on. */
export function conflictOn(error: unknown, sentence: string): never {
  if (databaseFault(error) === 'unique') throw new AresError('conflict', sentence, { cause: error })
  throw error
}
