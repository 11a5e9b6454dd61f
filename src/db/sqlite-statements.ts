import type { Database as SqliteDatabase, Statement as SqliteStatement } from 'better-sqlite3'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { Param, type Params, type Statement, type StatementReader } from './statements.ts'
import type { Tables } from './tables.ts'

const compiler = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Prepares each statement once on one connection and executes it with named values. */
export class SqliteStatements implements StatementReader {
  readonly #connection: SqliteDatabase
  readonly #prepared = new Map<string, Prepared>()

  constructor(connection: SqliteDatabase) {
    this.#connection = connection
  }

  async get<P extends Params, Row>(
    statement: Statement<P, Row>,
    params: P,
  ): Promise<Row | undefined> {
    return this.execute(statement, params) as Row | undefined
  }

  async all<P extends Params, Row>(statement: Statement<P, Row>, params: P): Promise<Row[]> {
    const prepared = this.#prepare(statement)
    return prepared.query.all(...prepared.bind(params)) as Row[]
  }

  /** Runs it now, in the calling turn; the first row it returns, if it returns rows. */
  execute(statement: Statement, params: Params): unknown {
    const { query, bind } = this.#prepare(statement)
    if (query.reader) return query.get(...bind(params))
    query.run(...bind(params))
    return undefined
  }

  #prepare(statement: Statement): Prepared {
    let prepared = this.#prepared.get(statement.name)
    if (!prepared) {
      const compiled = statement.build(compiler).compile()
      prepared = { query: this.#connection.prepare(compiled.sql), bind: binder(compiled) }
      this.#prepared.set(statement.name, prepared)
    }
    return prepared
  }
}

interface Prepared {
  query: SqliteStatement
  bind: (params: Params) => unknown[]
}

function binder(compiled: CompiledQuery): (params: Params) => unknown[] {
  return (params) =>
    compiled.parameters.map((value) => {
      if (!(value instanceof Param)) return value
      const bound = params[value.name]
      if (bound === undefined) throw new TypeError(`missing parameter ${value.name}`)
      return bound
    })
}
