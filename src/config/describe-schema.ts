import { KindGuard, type TSchema } from '@sinclair/typebox'

/** What a schema lets through, in words: `an integer from 0 to 65535`, `"debug", "info", "warn" or "error"`. */
export function describeAllowed(schema: TSchema): string {
  if (typeof schema['allowed'] === 'string') return schema['allowed']
  if (KindGuard.IsUnion(schema)) return either(literals(schema))
  if (KindGuard.IsInteger(schema)) return `an integer${range(schema)}`
  if (KindGuard.IsNumber(schema)) return `a number${range(schema)}`
  if (KindGuard.IsBoolean(schema)) return 'true or false'
  if (KindGuard.IsObject(schema)) return 'a table'
  if (KindGuard.IsArray(schema))
    return KindGuard.IsObject(schema.items) ? 'a list of tables' : 'a list'
  return 'a string'
}

/** The values of a union of literals. */
export function literals(schema: TSchema): string[] {
  if (!KindGuard.IsUnion(schema)) return []
  return schema.anyOf.filter(KindGuard.IsLiteral).map(({ const: value }) => String(value))
}

function either(words: string[]): string {
  const quoted = words.map((word) => JSON.stringify(word))
  return `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1) ?? ''}`
}

function range({ minimum, maximum }: { minimum?: number; maximum?: number }): string {
  if (minimum === undefined) return ''
  if (maximum === undefined) return ` of at least ${minimum}`
  return ` from ${minimum} to ${maximum}`
}
