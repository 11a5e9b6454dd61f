import { type ReservedSQL, SQL } from 'bun'
import { NO_CONNECTION, PostgresFault, TIMED_OUT, toFault } from './fault.ts'

/** How PostgreSQL is reached. */
export interface PostgresOptions {
  /** `postgres://…`, with its password. */
  url: string
  /** Connections at once. */
  pool: number
  /** What a statement may take, ms. */
  statementTimeoutMs: number
  /** How long anybody waits for a connection, ms. */
  acquireTimeoutMs: number
  /** False behind poolers that hand each transaction to another backend. */
  preparedStatements: boolean
  /** After so long without work a connection is closed, s. */
  idleTimeoutS: number
}

/** What a statement has found or done. */
export interface Result {
  rows: Record<string, unknown>[]
  /** Rows that were read or changed. */
  count: number
}

/** Runs statements. @throws PostgresFault */
export interface Session {
  run(text: string, values: readonly unknown[]): Promise<Result>
}

/** A connection that is kept until it is released. */
export interface KeptSession extends Session {
  release(): void
}

/** The server gives up by itself at its time-out; a server that does not answer any more is given up a little later. */
const SILENCE_MS = 1000

/**
 * Connections to PostgreSQL. Bun's driver waits for ever: for a connection of a full pool, and for a server that has
 * gone silent. Here nobody does; who has waited in vain for an answer leaves a new pool behind.
 */
export class PostgresPool implements Session {
  readonly #options: PostgresOptions
  #sql: SQL

  constructor(options: PostgresOptions) {
    this.#options = options
    this.#sql = connect(options)
  }

  /** On whichever connection is free. */
  run(text: string, values: readonly unknown[]): Promise<Result> {
    return this.#answered(this.#sql, this.#sql, text, values)
  }

  async keep(): Promise<KeptSession> {
    const sql = this.#sql
    const reserved = await this.#reserve(sql)
    return {
      run: (text, values) => this.#answered(sql, reserved, text, values),
      release() {
        void reserved.release()
      },
    }
  }

  async close(): Promise<void> {
    await this.#sql.close({ timeout: 1 })
  }

  async #reserve(sql: SQL): Promise<ReservedSQL> {
    const asked = sql.reserve()
    const { acquireTimeoutMs } = this.#options
    try {
      return await inTime(asked, acquireTimeoutMs, () => {
        void asked.then((late) => late.release()).catch(() => {})
        return new PostgresFault(
          NO_CONNECTION,
          `no connection was free within ${acquireTimeoutMs} ms`,
        )
      })
    } catch (error) {
      throw toFault(error)
    }
  }

  async #answered(
    pool: SQL,
    on: Pick<SQL, 'unsafe'>,
    text: string,
    values: readonly unknown[],
  ): Promise<Result> {
    const query = on.unsafe(text, values as unknown[])
    try {
      const rows = await inTime(query, this.#options.statementTimeoutMs + SILENCE_MS, () => {
        this.#replace(pool)
        return new PostgresFault(TIMED_OUT, 'the database does not answer')
      })
      return {
        rows: withNumbers(rows),
        count: (rows as unknown as { count: number | null }).count ?? 0,
      }
    } catch (error) {
      throw toFault(error)
    }
  }

  /** Once for each pool, however many have waited in vain on it. */
  #replace(silent: SQL): void {
    if (this.#sql !== silent) return
    this.#sql = connect(this.#options)
    void silent.close({ timeout: 0 }).catch(() => {})
  }
}

function connect(options: PostgresOptions): SQL {
  const { url, pool, statementTimeoutMs, acquireTimeoutMs, preparedStatements, idleTimeoutS } =
    options
  return new SQL({
    url,
    adapter: 'postgres',
    max: pool,
    bigint: true,
    prepare: preparedStatements,
    idleTimeout: idleTimeoutS,
    connectionTimeout: Math.ceil(acquireTimeoutMs / 1000),
    connection: { application_name: 'ares', statement_timeout: statementTimeoutMs },
  })
}

/** What was promised, or the error that is made of its being late. */
async function inTime<T>(promised: PromiseLike<T>, ms: number, late: () => Error): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(late()), ms)
  try {
    return await Promise.race([promised, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** 64-bit integers as numbers: none of ours is beyond 2^53. */
function withNumbers(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  for (const row of rows) {
    for (const name in row) if (typeof row[name] === 'bigint') row[name] = Number(row[name])
  }
  return rows
}
