import { Kysely } from 'kysely'
import type { AresDatabase, DatabaseFile } from '../database.ts'
import { Soundness } from '../soundness.ts'
import type { Statement } from '../statements.ts'
import type { Db, Tables } from '../tables.ts'
import { PostgresStatements } from './compiled.ts'
import { postgresDialect } from './dialect.ts'
import { migrate } from './migrate.ts'
import { type PostgresOptions, PostgresPool } from './pool.ts'
import { sharedBuckets } from './rate-buckets.ts'
import { PostgresReader } from './reader.ts'
import { PostgresWriter } from './writer.ts'

export interface OpenPostgresOptions extends PostgresOptions {
  /** What changes may name, in the order in which their rows are taken. */
  statements: readonly Statement[]
  /** As of the writer; any number by default. */
  maxWaiting?: number
}

/**
 * Opens a database on a server, which other nodes may have open too, creating its tables and migrating them first.
 *
 * @throws DatabaseRefused, PostgresFault
 */
export async function openPostgres(options: OpenPostgresOptions): Promise<AresDatabase> {
  const pool = new PostgresPool(options)
  try {
    return assemble(options, pool, await migrate(pool))
  } catch (error) {
    await pool.close()
    throw error
  }
}

function assemble(
  { statements: order, maxWaiting = Infinity }: OpenPostgresOptions,
  pool: PostgresPool,
  migration: AresDatabase['migration'],
): AresDatabase {
  const soundness = new Soundness()
  const db = new Kysely<Tables>({
    dialect: postgresDialect(pool),
    log: (event) => {
      if (event.level === 'error') soundness.notice(event.error)
    },
  })
  const statements = new PostgresStatements(db, order)
  const writer = new PostgresWriter({ db, pool, statements, order, maxWaiting, soundness })
  return {
    path: null,
    shared: { buckets: sharedBuckets(pool) },
    file: NO_FILE,
    db,
    reads: new PostgresReader(pool, statements, soundness),
    writer,
    migration,
    soundness,
    wasLeftOpen: false,
    async verify() {},
    abandon: () => pool.close(),
    async close() {
      await writer.drain()
      await pool.close()
    },
  }
}

/** Reads one consistent state of a database, which may be in use, and changes nothing. @throws PostgresFault */
export async function inspectPostgres<T>(
  options: Omit<PostgresOptions, 'idleTimeoutS'>,
  work: (db: Db) => Promise<T>,
): Promise<T> {
  // What adds up years may take long.
  const pool = new PostgresPool({ ...options, idleTimeoutS: 60, statementTimeoutMs: INSPECTION_MS })
  try {
    const db = new Kysely<Tables>({ dialect: postgresDialect(pool) })
    const snapshot = db.transaction().setIsolationLevel('repeatable read')
    return await snapshot.setAccessMode('read only').execute(work)
  } finally {
    await pool.close()
  }
}

const INSPECTION_MS = 10 * 60_000

/** Its room is the server's affair: nothing is counted, and nothing is ever to be given back. */
const NO_FILE: DatabaseFile = {
  pages: async () => ({ page_count: 0, freelist_count: 0, page_size: 1 }),
  giveBack: async () => {},
  sizes: async () => ({ fileBytes: 0, logBytes: 0 }),
  owedBytes: async () => 0,
}
