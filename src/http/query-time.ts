import { Type } from '@sinclair/typebox'
import { toTimestamp } from '../db/columns.ts'
import { invalid } from '../errors.ts'
import type { QueryParameter } from './documented.ts'
import { queryText } from './query.ts'

const TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z)?$/

/** A moment of the query as it is stored: UTC with `Z`, or a day, which begins at midnight. @throws AresError `invalid` */
export function queryTime(query: URLSearchParams, name: string): string | null {
  const text = queryText(query, name)
  if (text === null) return null
  const date = TIME.test(text) ? new Date(text) : new Date(Number.NaN)
  // February 30 is none, but a date to some.
  if (Number.isNaN(date.getTime()) || toTimestamp(date).slice(0, 10) !== text.slice(0, 10)) {
    throw invalid(`/${name}`, `${name} is a time such as 2026-03-13T14:22:00Z, or a day.`)
  }
  return toTimestamp(date)
}

/** From one moment on, up to another. */
export interface Span {
  /** Inclusive. */
  from: string | null
  /** Exclusive. */
  to: string | null
}

/** `from` and `to`. @throws AresError `invalid` */
export function spanOf(query: URLSearchParams): Span {
  return { from: queryTime(query, 'from'), to: queryTime(query, 'to') }
}

const WRITTEN = 'UTC such as `2026-03-13T14:22:00Z`, or a day, which begins at midnight'

export const SPAN: QueryParameter[] = [
  { name: 'from', description: `from this moment on; ${WRITTEN}`, schema: Type.String() },
  { name: 'to', description: `before this moment; ${WRITTEN}`, schema: Type.String() },
]
