import { SQL } from 'bun'
import type { AresDatabase } from '../src/db/database.ts'
import { openPostgres } from '../src/db/postgres/open.ts'
import type { Statement } from '../src/db/statements.ts'

/*
 * Databases on the real server that `ARES_TEST_POSTGRES` names (`postgres://user@host:port/postgres`). Each is a copy of
 * one that is migrated once; they stay until the server is thrown away with them.
 */

/** Undefined where the tests run on SQLite. */
export const POSTGRES: string | undefined = process.env['ARES_TEST_POSTGRES']

const TEMPLATE = `ares_template_${process.pid}`

let template: Promise<SQL> | undefined

/** The server with the migrated database, from which new ones are made. */
function templated(statements: readonly Statement[]): Promise<SQL> {
  template ??= (async () => {
    const server = new SQL(POSTGRES!, { max: 1 })
    await server.unsafe(`create database ${TEMPLATE}`)
    const database = await openPostgres(optionsFor(TEMPLATE, statements))
    await database.close()
    return server
  })()
  return template
}

let made = 0

/** The URL of a migrated database that nobody else has. */
export async function newPostgres(statements: readonly Statement[]): Promise<string> {
  const server = await templated(statements)
  const name = `ares_${process.pid}_${++made}`
  await server.unsafe(`create database ${name} template ${TEMPLATE}`)
  return name
}

/** Opens such a database. */
export function openTestPostgres(
  name: string,
  statements: readonly Statement[],
): Promise<AresDatabase> {
  return openPostgres(optionsFor(name, statements))
}

function optionsFor(name: string, statements: readonly Statement[]) {
  const url = new URL(POSTGRES!)
  url.pathname = `/${name}`
  return {
    url: url.href,
    pool: 3,
    statementTimeoutMs: 10_000,
    acquireTimeoutMs: 10_000,
    preparedStatements: true,
    idleTimeoutS: 1,
    statements,
  }
}
