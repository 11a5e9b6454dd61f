import { invalid } from '../errors.ts'

export interface IntegerRange {
  min: number
  max: number
  fallback: number
}

/** A whole number from the query: plain decimal digits, given at most once. @throws AresError `invalid` */
export function queryInteger(query: URLSearchParams, name: string, range: IntegerRange): number {
  const text = queryText(query, name)
  if (text === null) return range.fallback
  const value = /^[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (!(value >= range.min && value <= range.max)) {
    throw invalid(`/${name}`, `${name} is a whole number from ${range.min} to ${range.max}.`)
  }
  return value
}

/** One of a closed list, or null when absent. @throws AresError `invalid` */
export function queryChoice<T extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly T[],
): T | null {
  const text = queryText(query, name)
  if (text === null) return null
  const choice = choices.find((candidate) => candidate === text)
  if (choice === undefined) throw invalid(`/${name}`, `${name} is one of ${choices.join(', ')}.`)
  return choice
}

/** The value of a parameter that may be given at most once. @throws AresError `invalid` */
export function queryText(query: URLSearchParams, name: string): string | null {
  const values = query.getAll(name)
  if (values.length > 1) throw invalid(`/${name}`, `${name} is given more than once.`)
  return values[0] ?? null
}

export function queryOf(request: Request): URLSearchParams {
  const start = request.url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : request.url.slice(start + 1))
}

export interface Page {
  page: number
  perPage: number
  /** How many rows the page shows, and how many it skips. */
  window: { limit: number; offset: number }
}

/** Deep pages cost what they skip. */
const MAX_REACH = 10_000

/** `page` and `per_page`. Source: contract 3.9. @throws AresError `invalid` */
export function pageOf(request: Request): Page {
  const query = queryOf(request)
  const page = queryInteger(query, 'page', { min: 1, max: MAX_REACH, fallback: 1 })
  const perPage = queryInteger(query, 'per_page', { min: 1, max: 100, fallback: 20 })
  if (page * perPage > MAX_REACH) {
    throw invalid('/page', `page × per_page goes up to ${MAX_REACH}.`)
  }
  return { page, perPage, window: { limit: perPage, offset: (page - 1) * perPage } }
}

/** `limit`, 1 to 1000. @throws AresError `invalid` */
export function limitOf(request: Request, fallback: number): number {
  return queryInteger(queryOf(request), 'limit', { min: 1, max: 1000, fallback })
}
