import {
  type ColumnDefinitionNode,
  DataTypeNode,
  Kysely,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  RawNode,
  sql,
} from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { MIGRATIONS } from '../../../migrations/all.ts'
import { DatabaseRefused, type MigrationReport } from '../database.ts'
import { postgresDialect } from './dialect.ts'
import { createSharedTables } from './shared-tables.ts'
import type { PostgresPool } from './pool.ts'
import { TURN } from './turn.ts'

/**
 * Brings the schema up to date, all or nothing, while every other node that starts waits.
 *
 * @throws DatabaseRefused when a newer ares has been here, or another program
 */
export async function migrate(pool: PostgresPool): Promise<MigrationReport> {
  const db = new Kysely<unknown>({ dialect: postgresDialect(pool), plugins: [new ByteOrder()] })
  return db.transaction().execute(async (trx) => {
    await TURN.execute(trx)
    const done = await appliedMigrations(trx)
    await refuseForeign(trx, done)
    const known = Object.keys(MIGRATIONS)
    const newer = done.find((name) => !known.includes(name))
    if (newer !== undefined) throw tooNew(newer, known.at(-1)!)
    const pending = known.filter((name) => !done.includes(name))
    if (pending.length > 0) await apply(trx, MIGRATIONS)
    await createSharedTables(trx)
    return { applied: pending, copy: null }
  })
}

async function apply(trx: Kysely<unknown>, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({ db: trx, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
}

async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  const { rows: tables } = await sql`select to_regclass('kysely_migration') as found`.execute(db)
  if ((tables[0] as { found: unknown }).found === null) return []
  const { rows } = await sql<{ name: string }>`
    select name from kysely_migration order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function refuseForeign(db: Kysely<unknown>, done: string[]): Promise<void> {
  if (done.length > 0) return
  const { rows } = await sql`
    select 1 from information_schema.tables where table_schema = current_schema() limit 1`.execute(
    db,
  )
  if (rows.length > 0)
    throw new DatabaseRefused(
      'The database holds the tables of another program; give ARES one of its own.',
    )
}

function tooNew(newer: string, known: string): DatabaseRefused {
  return new DatabaseRefused(
    `The database has schema ${newer}, but this ares knows only up to ${known}. ` +
      'Use the ares version that wrote it, or restore an older copy.',
  )
}

/** Text is ordered by its bytes, as SQLite and this program order it, whatever the locale of the database. */
class ByteOrder implements KyselyPlugin {
  readonly #transformer = new ByteOrderTransformer()

  transformQuery({ node }: Parameters<KyselyPlugin['transformQuery']>[0]) {
    return this.#transformer.transformNode(node)
  }

  async transformResult({ result }: Parameters<KyselyPlugin['transformResult']>[0]) {
    return result
  }
}

class ByteOrderTransformer extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const column = super.transformColumnDefinition(node)
    return isText(column.dataType)
      ? { ...column, dataType: RawNode.createWithSql('text collate "C"') }
      : column
  }
}

function isText(type: OperationNode): boolean {
  return DataTypeNode.is(type) && type.dataType === 'text'
}
