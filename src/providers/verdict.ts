import { asObject, asString, parseJson } from './json-shape.ts'
import type { Verdict } from './wire-fault.ts'

/** How a family of APIs reads its error objects. */
export type ReadError = (json: unknown) => Verdict

/** What an error body says; a page says nothing. */
export function verdictIn(body: string, readError: ReadError): Verdict {
  const json = parseJson(body)
  if (json !== undefined) return readError(json)
  return { message: /^\s*[<{[]/.test(body) ? '' : body, code: null, param: null }
}

/** What an error object says, in any of the usual shapes: `error` as an object or a sentence, bare, or with `detail`. */
export function verdictOf(json: unknown): Verdict {
  const outer = asObject(json)
  const error = outer['error'] ?? json
  if (typeof error === 'string') return { message: error, code: null, param: null }
  const inner = asObject(error)
  const message =
    asString(inner['message']) || asString(outer['message']) || asString(outer['detail'])
  return { message, code: nameIn(inner['code']), param: nameIn(inner['param']) }
}

/** A stable name, not a sentence and not a status. */
function nameIn(value: unknown): string | null {
  return typeof value === 'string' && /^[\w./[\]-]{1,100}$/.test(value) ? value : null
}
