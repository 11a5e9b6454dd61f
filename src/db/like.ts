import { type RawBuilder, sql } from 'kysely'

/** Whether a column of lower-case names has the text in it, whatever the text's case. `%` and `_` stand for themselves. */
export function contains(column: string, text: string): RawBuilder<boolean> {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, (character) => `\\${character}`)}%`
  return sql<boolean>`${sql.ref(column)} like ${pattern} escape '\\'`
}
