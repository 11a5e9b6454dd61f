import { Type } from '@sinclair/typebox'
import { invalid } from '../errors.ts'
import { nullable } from './nullable.ts'
import type { QueryParameter } from './documented.ts'
import { queryText } from './query.ts'

/** A text of the query with 1 to 200 characters, or null when absent. @throws AresError `invalid` */
export function shortText(query: URLSearchParams, name: string): string | null {
  const text = queryText(query, name)
  if (text !== null && (text === '' || text.length > 200)) {
    throw invalid(`/${name}`, `${name} has 1 to 200 characters.`)
  }
  return text
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** An id of the query, or null when absent. @throws AresError `invalid` */
export function queryId(query: URLSearchParams, name: string): string | null {
  const text = queryText(query, name)
  if (text !== null && !ID.test(text)) throw invalid(`/${name}`, `${name} is an id.`)
  return text
}

/** `cursor`: where an earlier answer has stopped; null at the top. @throws AresError `invalid` for what no answer gives */
export function cursorOf(query: URLSearchParams, form: RegExp): string | null {
  const text = queryText(query, 'cursor')
  if (text !== null && !form.test(text)) {
    throw invalid('/cursor', 'cursor is the next_cursor of an earlier answer.')
  }
  return text
}

export const CURSOR: QueryParameter = {
  name: 'cursor',
  description: '`next_cursor` of an earlier answer to the same question: what comes after it',
  schema: Type.String(),
}

/** How an answer says that there is more. */
export const NextCursor = nullable(
  Type.String({
    description:
      'null at the end. Each request looks at a bounded number of rows, so there may be more although this answer has fewer than asked for, or none',
  }),
)
