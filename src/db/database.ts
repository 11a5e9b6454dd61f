import type { Soundness } from './soundness.ts'
import type { StatementReader } from './statements.ts'
import type { Db } from './tables.ts'
import type { Writer } from './writer-contract.ts'

/*
 * What stands above an engine: everything outside of `db/` reads and writes through this, and knows no driver.
 */

/** An open, migrated database: a file that this process owns, or a server that it shares with other nodes. */
export interface AresDatabase {
  /** Where the file really is, links resolved; null where the data lie on a server. */
  readonly path: string | null
  /** What nodes share that have the same data; null where this process owns all, and may keep in memory what it knows. */
  readonly shared: Shared | null
  readonly file: DatabaseFile
  /** Committed data only; writes through it fail. */
  readonly db: Db
  /** Hot reads of committed data. */
  readonly reads: StatementReader
  readonly writer: Writer
  readonly migration: MigrationReport
  /** What its readers, its writer and `verify` have found out. */
  readonly soundness: Soundness
  /** True when its last owner did not close it. */
  readonly wasLeftOpen: boolean
  /** Looks whether what is open here is still what lies at its path, and tells `soundness` when it is not. */
  verify(): Promise<void>
  /**
   * Instead of `close` when the storage cannot be trusted: the files are left as they are, for to close them would fold
   * the log into what may be another's file and delete it by name. Only from beside another file our log is moved away.
   */
  abandon(): Promise<void>
  /** Waits for the writer, and gives up what was held: connections, or the file with its log folded in. */
  close(): Promise<void>
}

/** What several nodes have in common. */
export interface Shared {
  buckets: SharedBuckets
}

/** Token buckets of rates, one a tenant. */
export interface SharedBuckets {
  /** Takes one request, if there is one. `level` is what is left. @throws the driver's error */
  take(tenantId: string, perMinute: number, now: Date): Promise<{ level: number; allowed: boolean }>
}

export interface MigrationReport {
  applied: string[]
  /** The copy of the file taken before; null when the database was new or up to date. */
  copy: string | null
}

/** The file that the engine keeps everything in. */
export interface DatabaseFile {
  /** Kept in the header of the file, so that nothing is counted. */
  pages(): Promise<FilePages>
  /** Gives as many free pages back to the file system, from the end of the file. @throws AresError as `Writer.submit` */
  giveBack(pages: number): Promise<void>
  sizes(): Promise<FileSizes>
  /** What the file and its log will take without anything new to keep. */
  owedBytes(): Promise<number>
}

export interface FilePages {
  page_count: number
  freelist_count: number
  page_size: number
}

/** 0 for what is not there. */
export interface FileSizes {
  fileBytes: number
  logBytes: number
}

/** A database that this process may not open, or not like this; the message says why. It was not touched. */
export class DatabaseRefused extends Error {}
