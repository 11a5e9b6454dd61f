import type { Soundness } from '../soundness.ts'
import type { Lookup, Params, Statement, StatementReader, TextRow } from '../statements.ts'
import type { PostgresStatements } from './compiled.ts'
import type { PostgresPool } from './pool.ts'

/** Reads what is committed, by whichever node. Nothing is kept, for another node may change it at any time. */
export class PostgresReader implements StatementReader {
  readonly #pool: PostgresPool
  readonly #statements: PostgresStatements
  readonly #soundness: Soundness

  constructor(pool: PostgresPool, statements: PostgresStatements, soundness: Soundness) {
    this.#pool = pool
    this.#statements = statements
    this.#soundness = soundness
  }

  async find<P extends Params, T>(lookup: Lookup<P, T>, params: P): Promise<T | undefined> {
    const rows = await this.#rows(lookup, params)
    return rows.length === 0 ? undefined : lookup.toValue(rows)
  }

  async get<P extends Params, Row>(
    statement: Statement<P, Row>,
    params: P,
  ): Promise<Row | undefined> {
    return (await this.#rows(statement, params))[0] as Row | undefined
  }

  async all<P extends Params, Row>(statement: Statement<P, Row>, params: P): Promise<Row[]> {
    return (await this.#rows(statement, params)) as Row[]
  }

  async bytes<P extends Params>(
    statement: Statement<P, TextRow>,
    params: P,
  ): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
    const row = await this.get(statement, params)
    return row && (row.text === null ? null : new TextEncoder().encode(row.text))
  }

  async #rows(statement: Statement, params: Params): Promise<unknown[]> {
    try {
      return (await this.#statements.run(this.#pool, statement, params)).rows
    } catch (error) {
      this.#soundness.notice(error)
      throw error
    }
  }
}
