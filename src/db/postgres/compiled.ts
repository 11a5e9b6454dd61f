import type { CompiledQuery } from 'kysely'
import { Param, type Params, type Statement } from '../statements.ts'
import type { Db } from '../tables.ts'
import type { Result, Session } from './pool.ts'

/** Declared statements as PostgreSQL reads them, each compiled once. */
export class PostgresStatements {
  readonly #db: Db
  readonly #compiled = new Map<Statement, CompiledQuery>()
  readonly #named: Map<string, Statement>

  /** @param named what changes may name */
  constructor(db: Db, named: readonly Statement[] = []) {
    this.#db = db
    this.#named = new Map(named.map((statement) => [statement.name, statement]))
  }

  run(session: Session, statement: Statement | string, params: Params): Promise<Result> {
    const declared = typeof statement === 'string' ? this.#byName(statement) : statement
    const { sql, parameters } = this.#compile(declared)
    const values = parameters.map((value) => (value instanceof Param ? params[value.name] : value))
    return session.run(sql, values)
  }

  #byName(name: string): Statement {
    const statement = this.#named.get(name)
    if (!statement) throw new Error(`no statement is named ${name}`)
    return statement
  }

  #compile(statement: Statement): CompiledQuery {
    let compiled = this.#compiled.get(statement)
    if (!compiled) {
      compiled = statement.build(this.#db).compile()
      this.#compiled.set(statement, compiled)
    }
    return compiled
  }
}
