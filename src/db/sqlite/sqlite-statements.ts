import type { Database as SqliteDatabase, Statement as SqliteStatement } from 'better-sqlite3'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import type { StatementRunner } from '../change-batch.ts'
import { Param, type Params, type Statement, type TextRow } from '../statements.ts'
import type { Tables } from '../tables.ts'

const compiler = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
})

/** Prepares each statement once on one connection and executes it with named values, in the calling turn. */
export class SqliteStatements implements StatementRunner {
  readonly #connection: SqliteDatabase
  readonly #named: Map<string, Statement>
  readonly #prepared = new Map<Statement, Prepared>()

  /** @param statements what plain data may name */
  constructor(connection: SqliteDatabase, statements: Statement[] = []) {
    this.#connection = connection
    this.#named = new Map(statements.map((statement) => [statement.name, statement]))
  }

  named(name: string): Statement {
    const statement = this.#named.get(name)
    if (!statement) throw new Error(`unknown statement ${name}`)
    return statement
  }

  /** The first row. */
  get<P extends Params, Row>(statement: Statement<P, Row>, params: P): Row | undefined {
    const { query, bind } = this.#prepare(statement)
    return query.get(bind(params)) as Row | undefined
  }

  all<P extends Params, Row>(statement: Statement<P, Row>, params: P): Row[] {
    const { query, bind } = this.#prepare(statement)
    return query.all(bind(params)) as Row[]
  }

  /** The text of the first row, as `StatementReader.bytes` has it. */
  bytes<P extends Params>(
    statement: Statement<P, TextRow>,
    params: P,
  ): Uint8Array<ArrayBuffer> | null | undefined {
    const { query, bind } = this.#prepare(statement, inBytes)
    return (query.get(bind(params)) as BytesRow | undefined)?.text
  }

  /** Writes; how many rows were changed. */
  run(statement: Statement, params: Params): number {
    const { query, bind } = this.#prepare(statement)
    return query.run(bind(params)).changes
  }

  /** @param as what its SQL is made into, always the same for a statement */
  #prepare(statement: Statement, as = (query: string) => query): Prepared {
    let prepared = this.#prepared.get(statement)
    if (!prepared) {
      const compiled = statement.build(compiler).compile()
      prepared = { query: this.#connection.prepare(as(sqlOf(compiled))), bind: binder(compiled) }
      this.#prepared.set(statement, prepared)
    }
    return prepared
  }
}

interface Prepared {
  query: SqliteStatement
  bind: (params: Params) => unknown[]
}

interface BytesRow {
  text: Uint8Array<ArrayBuffer> | null
}

function inBytes(query: string): string {
  return `select cast(text as blob) as text from (${query})`
}

/**
 * The SQL with its constants written out, for each value that is bound costs a call into the engine.
 *
 * This SQLite is built with STAT4, which looks at the values bound to a join and so prepares it again for each: 20 µs
 * instead of 2. It cannot look into a subquery.
 */
function sqlOf({ sql, parameters }: CompiledQuery): string {
  const placeholder = / join /.test(sql) ? '(select ?)' : '?'
  let index = 0
  return sql.replaceAll('?', () => {
    const value = parameters[index++]
    return value instanceof Param ? placeholder : literal(value)
  })
}

function literal(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value === 'number') return String(value)
  throw new TypeError('a hot statement holds a constant of another type')
}

function binder({ parameters }: CompiledQuery): (params: Params) => unknown[] {
  const names = parameters.filter((value) => value instanceof Param).map(({ name }) => name)
  return (params) => {
    const values: unknown[] = []
    for (const name of names) {
      const value = params[name]
      if (value === undefined) throw new TypeError(`missing parameter ${name}`)
      values.push(value)
    }
    return values
  }
}
