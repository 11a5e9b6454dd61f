import type { Kysely } from 'kysely'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely'
import type { KeptSession, PostgresPool, Session } from './pool.ts'

/**
 * Kysely on our pool. Its own driver calls what only its own connections have when a rollback fails, so that the
 * failure which caused the rollback is lost; here a rollback that fails is passed over, for the connection is gone then.
 */
export function postgresDialect(pool: PostgresPool): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new PoolDriver(pool),
    createIntrospector: (db: Kysely<unknown>) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}

/** Outside of a transaction each statement takes whichever connection is free. */
class PoolDriver implements Driver {
  readonly #pool: PostgresPool

  constructor(pool: PostgresPool) {
    this.#pool = pool
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PoolConnection> {
    return new PoolConnection(this.#pool)
  }

  async beginTransaction(
    connection: PoolConnection,
    { isolationLevel, accessMode }: TransactionSettings,
  ): Promise<void> {
    const isolation = isolationLevel === undefined ? '' : ` isolation level ${isolationLevel}`
    await connection.begin(`begin${isolation} ${accessMode ?? ''}`)
  }

  async commitTransaction(connection: PoolConnection): Promise<void> {
    await connection.end('commit')
  }

  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    await connection.end('rollback').catch(() => {})
  }

  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {}
}

class PoolConnection implements DatabaseConnection {
  readonly #pool: PostgresPool
  #kept: KeptSession | undefined

  constructor(pool: PostgresPool) {
    this.#pool = pool
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const { rows, count } = await this.#session.run(sql, parameters)
    return { rows: rows as R[], numAffectedRows: BigInt(count) }
  }

  // Kysely's interface asks for it; nothing of ours reads in streams.
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    yield await this.executeQuery<R>(query)
  }

  async begin(how: string): Promise<void> {
    this.#kept = await this.#pool.keep()
    await this.#kept.run(how, [])
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    await this.#kept?.run(how, [])
  }

  release(): void {
    this.#kept?.release()
    this.#kept = undefined
  }

  get #session(): Session {
    return this.#kept ?? this.#pool
  }
}
