import { asArray, asObject, asString, isObject } from '../json-shape.ts'
import { describedBy } from './described.ts'
import { mapSchema, type Schema } from './map-schema.ts'

/*
 * Clients write the schemas of their tools in every edition of JSON Schema, and by hand. APIs want that of an object, in
 * words of today.
 */

/** The schema in words of today. */
export function currentSchema(given: Schema): Schema {
  return mapSchema(mapSchema(given, withRequired), upToDate)
}

/** The schema of a tool's arguments as every API takes it: of an object, without alternatives at the top. */
export function argumentsSchema(given: Schema = {}): Schema {
  const schema = currentSchema(given)
  return ofObject(schema, schema)
}

/** The words that have changed their meaning since, and those that other formats know. */
function upToDate(schema: Schema): Schema {
  const { $schema: _, definitions, nullable, ...rest } = schema
  const { $ref: ref, items, required } = rest
  return {
    ...rest,
    ...(isObject(definitions) && { $defs: { ...definitions, ...asObject(rest['$defs']) } }),
    ...(typeof ref === 'string' && { $ref: ref.replace(/^#\/definitions\//, '#/$defs/') }),
    ...(Array.isArray(items) && { prefixItems: items, items: undefined }),
    ...bounds(rest),
    ...typeOf(rest, nullable === true),
    ...(required !== undefined && !Array.isArray(required) && { required: undefined }),
  }
}

/** Once a property said of itself that it is required. */
function withRequired(schema: Schema): Schema {
  const own = Object.entries(asObject(schema['properties']))
    .filter(([, value]) => asObject(value)['required'] === true)
    .map(([name]) => name)
  if (own.length === 0) return schema
  return { ...schema, required: [...new Set([...asArray(schema['required']), ...own])] }
}

/** Once `exclusiveMinimum` said of `minimum` that it is none. */
function bounds(schema: Schema): object {
  const changed: Record<string, unknown> = {}
  for (const side of ['Minimum', 'Maximum']) {
    const exclusive = schema[`exclusive${side}`]
    if (typeof exclusive !== 'boolean') continue
    const bound = side.toLowerCase()
    changed[`exclusive${side}`] = exclusive ? schema[bound] : undefined
    if (exclusive) changed[bound] = undefined
  }
  return changed
}

const TYPES = new Set<unknown>([
  'object',
  'array',
  'string',
  'number',
  'integer',
  'boolean',
  'null',
])

/** Any other type is no type: `any` is what no type says. */
function typeOf({ type }: Schema, isNullable: boolean): object {
  if (type === undefined) return {}
  const types = (Array.isArray(type) ? type : [type]).filter((each) => TYPES.has(each))
  const all = [...new Set(isNullable ? [...types, 'null'] : types)]
  return { type: all.length > 1 ? all : all[0] }
}

/** What only tells more of an object beside its properties, and may not stand at the top. */
const NOT_AT_TOP = ['not', 'if', 'then', 'else', 'enum', 'const', 'dependentSchemas']

function ofObject(schema: Schema, root: Schema): Schema {
  const { allOf, anyOf, oneOf, ...own } = resolved(schema, root)
  const alternatives = [...asArray(anyOf), ...asArray(oneOf)].map((each) =>
    ofObject(asObject(each), root),
  )
  const parts = [own, ...asArray(allOf).map((each) => ofObject(asObject(each), root))]
  const required = [...parts, { required: common(alternatives) }].flatMap((part) =>
    asArray(part['required']),
  )
  const beside = Object.fromEntries(
    NOT_AT_TOP.flatMap((key) => (own[key] === undefined ? [] : [[key, own[key]]])),
  )
  const kept = Object.fromEntries(Object.entries(own).filter(([key]) => !(key in beside)))
  return describedBy(
    {
      ...kept,
      type: 'object',
      properties: Object.assign(
        {},
        ...alternatives.map((each) => each['properties']),
        ...parts.map((part) => part['properties']),
      ) as object,
      ...(required.length > 0 && { required: [...new Set(required)] }),
    },
    {
      ...beside,
      ...(alternatives.length > 1 && { 'one of': alternatives.map(namesIn) }),
    },
  )
}

/** What each of them requires. */
function common(schemas: readonly Schema[]): unknown[] {
  const [first, ...others] = schemas.map((schema) => asArray(schema['required']))
  return (first ?? []).filter((name) => others.every((names) => names.includes(name)))
}

function namesIn(schema: Schema): string[] {
  return Object.keys(asObject(schema['properties']))
}

/** What a reference at the top stands for; within a schema APIs follow references themselves. */
function resolved(schema: Schema, root: Schema): Schema {
  const name = /^#\/\$defs\/([^/]+)$/.exec(asString(schema['$ref']))?.[1]
  if (name === undefined) return schema
  const { $ref: _, ...rest } = schema
  return { ...asObject(asObject(root['$defs'])[name]), ...rest }
}
