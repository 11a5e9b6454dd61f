import type { Database as SqliteDatabase } from 'better-sqlite3'
import { databaseFault } from '../errors.ts'

/** What SQLite's `integrity_check` finds in the whole file, a line each; it ends after a hundred. */
export function wholeFindings(connection: SqliteDatabase): string[] {
  const check = () => connection.pragma('integrity_check')
  // The sentence with which the check itself breaks off does not say where.
  return findingsOf(check, (sentence) => [sentence, ...[...tableFindings(connection)].flat()])
}

/**
 * What its `quick_check` finds, table by table: all but whether the indexes say the same as their tables. Between two
 * tables no state of the file is held on to.
 */
export function* tableFindings(connection: SqliteDatabase): Generator<string[]> {
  let names: string[] = []
  yield findingsOf(() => {
    names = tableNames(connection)
    return []
  })
  // Under the first name SQLite looks after its list of free pages too.
  for (const name of ['sqlite_schema', ...names]) {
    const check = `quick_check('${name.replaceAll("'", "''")}')`
    yield findingsOf(() => connection.pragma(check)).map((finding) => `table ${name}: ${finding}`)
  }
}

function tableNames(connection: SqliteDatabase): string[] {
  return connection
    .prepare(`select name from sqlite_schema where type = 'table' order by name`)
    .pluck()
    .all() as string[]
}

/**
 * @param ask a pragma that answers one row of text for each finding, or `ok`
 * @param whenBroken what is made of the sentence with which it breaks off instead
 */
function findingsOf(ask: () => unknown, whenBroken = (sentence: string) => [sentence]): string[] {
  try {
    const rows = ask() as Record<string, string>[]
    return rows.flatMap((row) => Object.values(row)).flatMap(linesOf)
  } catch (error) {
    const fault = databaseFault(error)
    if (fault !== 'damaged' && fault !== 'lost') throw error
    return whenBroken((error as Error).message)
  }
}

/** One finding may be a heading with the faults of a tree below it. */
function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== 'ok' && line !== '' && !line.startsWith('*** '))
}
