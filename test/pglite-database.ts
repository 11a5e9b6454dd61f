import { PGlite } from '@electric-sql/pglite'
import { CompiledQuery, Kysely, PGliteDialect } from 'kysely'
import { Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../migrations/all.ts'
import type { Change, ChangeResult, Step } from '../src/db/change-batch.ts'
import type { AresDatabase, DatabaseFile } from '../src/db/database.ts'
import { Soundness } from '../src/db/soundness.ts'
import {
  Param,
  type Params,
  type Statement,
  type StatementReader,
  type TextRow,
} from '../src/db/statements.ts'
import type { Db, Tables, Trx } from '../src/db/tables.ts'
import type { Writer } from '../src/db/writer-contract.ts'

/*
 * PostgreSQL's own code behind the contracts that every engine stands behind, in this process: slow and for one
 * connection, but it takes what PostgreSQL takes and refuses what it refuses.
 */

/** A migrated database in memory. @param statements what changes may name */
export async function openPglite(statements: readonly Statement[]): Promise<AresDatabase> {
  const pglite = await PGlite.create()
  const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) })
  const applied = await migrate(db)
  return {
    path: null,
    shared: null,
    file: NO_FILE,
    db,
    reads: readerOf(db),
    writer: new PgliteWriter(db, statements),
    migration: { applied, copy: null },
    soundness: new Soundness(),
    wasLeftOpen: false,
    async verify() {},
    async abandon() {},
    close: () => db.destroy(),
  }
}

async function migrate(db: Kysely<Tables>): Promise<string[]> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

const NO_FILE: DatabaseFile = {
  pages: async () => ({ page_count: 1, freelist_count: 0, page_size: 4096 }),
  giveBack: async () => {},
  sizes: async () => ({ fileBytes: 0, logBytes: 0 }),
  owedBytes: async () => 0,
}

/** The statement with these values, as PostgreSQL reads it. */
export function bound(db: Db, statement: Statement, params: Params): CompiledQuery {
  const { sql, parameters } = statement.build(db).compile()
  const values = parameters.map((value) => (value instanceof Param ? params[value.name] : value))
  return CompiledQuery.raw(sql, values)
}

function readerOf(db: Db): StatementReader {
  const all = async (statement: Statement, params: Params) =>
    (await db.executeQuery(bound(db, statement, params))).rows
  const encoder = new TextEncoder()
  return {
    async bytes(statement, params) {
      const row = (await all(statement, params))[0] as TextRow | undefined
      return row && (row.text === null ? null : encoder.encode(row.text))
    },
    async find(lookup, params) {
      const rows = await all(lookup, params)
      return rows.length === 0 ? undefined : lookup.toValue(rows)
    },
    async get<P extends Params, Row>(statement: Statement<P, Row>, params: P) {
      return (await all(statement, params))[0] as Row | undefined
    },
    async all<P extends Params, Row>(statement: Statement<P, Row>, params: P) {
      return (await all(statement, params)) as Row[]
    },
  }
}

/** One transaction at a time, and a change is one. */
class PgliteWriter implements Writer {
  readonly #db: Db
  readonly #named: Map<string, Statement>
  #last: Promise<unknown> = Promise.resolve()

  constructor(db: Db, statements: readonly Statement[]) {
    this.#db = db
    this.#named = new Map(statements.map((statement) => [statement.name, statement]))
  }

  transaction<T>(work: (trx: Trx) => Promise<T>): Promise<T> {
    const done = this.#last.then(() =>
      this.#db.transaction().execute((trx) => work(trx as unknown as Trx)),
    )
    this.#last = done.catch(() => {})
    return done
  }

  submit(change: Change): Promise<ChangeResult> {
    return this.transaction((trx) => this.#apply(trx, change))
  }

  submitLast(change: Change): Promise<ChangeResult> {
    return this.submit(change)
  }

  async durable(): Promise<void> {}

  async drain(): Promise<void> {
    await this.#last
  }

  async #apply(trx: Db, { steps, additions, reading }: Change): Promise<ChangeResult> {
    for (const step of steps) if (!(await this.#take(trx, step))) return { refused: true }
    for (const { statement, key, add, latest } of additions) {
      await this.#run(trx, statement, { ...key, ...add, ...latest })
    }
    if (!reading) return { refused: false, row: undefined }
    const query = bound(trx, this.#statement(reading.statement), reading.params)
    return { refused: false, row: (await trx.executeQuery(query)).rows[0] }
  }

  async #take(trx: Db, { statement, params, otherwise }: Step): Promise<boolean> {
    if ((await this.#run(trx, statement, params)) > 0n || otherwise === undefined) return true
    return otherwise !== 'refuse' && (await this.#run(trx, otherwise.statement, params)) > 0n
  }

  async #run(trx: Db, name: string, params: Params): Promise<bigint> {
    const result = await trx.executeQuery(bound(trx, this.#statement(name), params))
    return result.numAffectedRows ?? 0n
  }

  #statement(name: string): Statement {
    const statement = this.#named.get(name)
    if (!statement) throw new Error(`unknown statement ${name}`)
    return statement
  }
}
