import { invalid } from '../../errors.ts'
import { isRawNumber } from '../../form/lossless-json.ts'
import { pointerPart } from '../../form/notes.ts'
import { isObject } from '../../providers/json-shape.ts'

/** JSON of the client's, of a model's or of a tool's own, and schemas: their fields may be called anything. */
const OPAQUE = new Set([
  'args',
  'labels',
  'parameters',
  'parametersJsonSchema',
  'response',
  'responseJsonSchema',
  'responseSchema',
])

/**
 * A request with each field in the first of the two spellings that Google's API takes (`system_instruction` is
 * `systemInstruction`), so that whoever looks for a field finds it, and a provider is told what was looked at.
 *
 * @throws AresError `invalid` for a field that stands there in both
 */
export function inFirstSpelling(value: unknown, at = ''): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => inFirstSpelling(item, `${at}/${index}`))
  if (!isObject(value) || isRawNumber(value)) return value
  const fields = new Map<string, unknown>()
  for (const [given, inner] of Object.entries(value)) {
    const field = camelCased(given)
    const place = `${at}/${pointerPart(field)}`
    if (fields.has(field)) throw invalid(place, `${field} stands there in two spellings.`)
    fields.set(field, OPAQUE.has(field) ? inner : inFirstSpelling(inner, place))
  }
  return Object.fromEntries(fields)
}

/** An older name of the answer's schema began with a line of its own. */
function camelCased(field: string): string {
  return field
    .replace(/^_/, '')
    .replace(/(?<=.)_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
