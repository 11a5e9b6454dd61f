import type { Soundness } from '../soundness.ts'
import type { SqliteStatements } from './sqlite-statements.ts'
import type { Lookup, Params, Statement, StatementReader, TextRow } from '../statements.ts'

/** Values kept per lookup; beyond it all are forgotten. */
const MAX_KEPT = 10_000

/** Hot reads on one connection, for those who wait for any engine alike. */
export class SqliteReader implements StatementReader {
  readonly #statements: SqliteStatements
  readonly #soundness: Soundness
  readonly #kept = new Map<string, Map<string, unknown>>()

  constructor(statements: SqliteStatements, soundness: Soundness) {
    this.#statements = statements
    this.#soundness = soundness
  }

  async get<P extends Params, Row>(
    statement: Statement<P, Row>,
    params: P,
  ): Promise<Row | undefined> {
    return this.#noticing(() => this.#statements.get(statement, params))
  }

  async all<P extends Params, Row>(statement: Statement<P, Row>, params: P): Promise<Row[]> {
    return this.#noticing(() => this.#statements.all(statement, params))
  }

  async bytes<P extends Params>(
    statement: Statement<P, TextRow>,
    params: P,
  ): Promise<Uint8Array<ArrayBuffer> | null | undefined> {
    return this.#noticing(() => this.#statements.bytes(statement, params))
  }

  async find<P extends Params, T>(lookup: Lookup<P, T>, params: P): Promise<T | undefined> {
    const kept = this.#keptOf(lookup.name)
    const id = Object.values(params).join('\n')
    const known = kept.get(id)
    if (known !== undefined) return known as T
    const rows = this.#noticing(() => this.#statements.all(lookup, params))
    // What is not there is not remembered: strangers could fill the memory with it.
    if (rows.length === 0) return undefined
    const value = lookup.toValue(rows)
    if (kept.size >= MAX_KEPT) kept.clear()
    kept.set(id, value)
    return value
  }

  /** To be called in the same turn as the commit of a transaction: nobody may see what was before it. */
  forget(): void {
    this.#kept.clear()
  }

  #noticing<T>(ask: () => T): T {
    try {
      return ask()
    } catch (error) {
      this.#soundness.notice(error)
      throw error
    }
  }

  #keptOf(name: string): Map<string, unknown> {
    let kept = this.#kept.get(name)
    if (!kept) {
      kept = new Map()
      this.#kept.set(name, kept)
    }
    return kept
  }
}
