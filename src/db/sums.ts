import { type Expression, type RawBuilder, sql } from 'kysely'

/** The sum of 64-bit integers as one, null of no rows: PostgreSQL would make a decimal of it, which drivers give as text. */
export function sumOf<N extends number | null = number>(
  column: string | Expression<unknown>,
): RawBuilder<N> {
  const of = typeof column === 'string' ? sql.ref(column) : column
  return sql<N>`cast(sum(${of}) as bigint)`
}
