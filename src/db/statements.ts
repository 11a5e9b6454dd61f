import type { Compilable } from 'kysely'
import type { Db } from './tables.ts'

/** What a statement is bound to: plain data, so that it can cross to another thread. */
export type Params = Record<string, string | number | null>

/**
 * A query of the hot path: built with Kysely and compiled once per engine, then executed as a prepared statement.
 * `Row` is what one returned row looks like.
 */
export interface Statement<P extends Params = Params, Row = unknown> {
  /** Unique; how plain data refers to it. */
  readonly name: string
  readonly build: (db: Db) => Compilable
  /** Types only; never set. */
  readonly types?: { params: P; row: Row }
}

/** Stands in a query where the value of that name is bound at each execution. */
export class Param {
  constructor(readonly name: string) {}
}

/**
 * Declares a hot statement.
 *
 * @example
 * const findTenant = statement('find_tenant', (db, p: { id: string }) =>
 *   db.selectFrom('tenants').selectAll().where('id', '=', p.id))
 */
export function statement<P extends Params, Row>(
  name: string,
  build: (db: Db, params: P) => Compilable<Row>,
): Statement<P, Row> {
  // Every property of the proxy is a marker of its own name, so `build` reads as if it had the values.
  const markers = new Proxy({}, { get: (_target, key) => new Param(String(key)) }) as P
  const declared: Statement<P, Row> = { name, build: (db) => build(db, markers) }
  DECLARED.push(declared)
  return declared
}

const DECLARED: Statement[] = []

/** Every statement that a module which is loaded has declared: what an engine must be able to prepare. */
export function declaredStatements(): readonly Statement[] {
  return DECLARED
}

/**
 * A read of what only transactions change, never the changes of the spending path: what it made of the rows it found
 * may be kept until the next transaction commits.
 */
export interface Lookup<P extends Params, T> extends Statement<P> {
  readonly toValue: (rows: unknown[]) => T
}

/** Declares a lookup. `toValue` gets at least one row. */
export function lookup<P extends Params, Row, T>(
  name: string,
  build: (db: Db, params: P) => Compilable<Row>,
  toValue: (rows: Row[]) => T,
): Lookup<P, T> {
  return { ...statement(name, build), toValue: (rows) => toValue(rows as Row[]) }
}

/** Answers hot reads from committed data only. */
export interface StatementReader {
  /** Undefined where no row was found. The value is shared: nobody may change it. */
  find<P extends Params, T>(lookup: Lookup<P, T>, params: P): Promise<T | undefined>
  get<P extends Params, Row>(statement: Statement<P, Row>, params: P): Promise<Row | undefined>
  all<P extends Params, Row>(statement: Statement<P, Row>, params: P): Promise<Row[]>
  /** The text of the first row as the bytes of its UTF-8, in memory of their own: for texts that may be long. */
  bytes<P extends Params>(
    statement: Statement<P, TextRow>,
    params: P,
  ): Promise<Uint8Array<ArrayBuffer> | null | undefined>
}

/** What a statement selects that is read as bytes. */
export interface TextRow {
  text: string | null
}
