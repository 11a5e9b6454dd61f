import { isObject } from '../json-shape.ts'

/** A JSON Schema. Large numbers in it are raw, as `parseLossless` has it. */
export type Schema = Readonly<Record<string, unknown>>

/** Where schemas stand within a schema: by themselves, in a list, by name. What else there is are values, and none of ours. */
const SINGLE = [
  'items',
  'additionalProperties',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
]
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']
const NAMED = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']

/** The schema with a change made to each schema within it, the innermost first, and then to itself. */
export function mapSchema(schema: Schema, change: (schema: Schema) => Schema): Schema {
  const inner = (value: unknown) => (isObject(value) ? mapSchema(value, change) : value)
  const changed: Record<string, unknown> = { ...schema }
  for (const key of SINGLE) if (isObject(schema[key])) changed[key] = inner(schema[key])
  for (const key of LISTS) {
    const list = schema[key]
    if (Array.isArray(list)) changed[key] = list.map(inner)
  }
  for (const key of NAMED) {
    const named = schema[key]
    if (!isObject(named)) continue
    // fromEntries defines its keys, so that a name `__proto__` is one like any other.
    changed[key] = Object.fromEntries(
      Object.entries(named).map(([name, value]) => [name, inner(value)]),
    )
  }
  return change(changed)
}

/** Whether something holds for a schema or any within it. */
export function someSchema(schema: Schema, holds: (schema: Schema) => boolean): boolean {
  let found = false
  mapSchema(schema, (each) => {
    found ||= holds(each)
    return each
  })
  return found
}
