import { asArray, asString, isObject } from '../../providers/json-shape.ts'

/*
 * Google has a dialect of its own for schemas (`Schema`): types in capitals, `nullable`, bounds as text, and names in two
 * spellings. JSON Schema is what all others take.
 */

type Json = Readonly<Record<string, unknown>>

/** Names that mean the same, in either spelling. */
const NAMES: Readonly<Record<string, string>> = {
  any_of: 'anyOf',
  min_items: 'minItems',
  max_items: 'maxItems',
  min_length: 'minLength',
  max_length: 'maxLength',
  min_properties: 'minProperties',
  max_properties: 'maxProperties',
  additional_properties: 'additionalProperties',
  prefix_items: 'prefixItems',
  ref: '$ref',
  defs: '$defs',
}

/** What a model of another family would not know. */
const LEFT_OUT = new Set(['propertyOrdering', 'property_ordering', 'nullable', 'example'])

const BOUNDS = /^(?:min|max)(?:Items|Length|Properties)$/

/** A schema of Google's as JSON Schema. What is JSON Schema already stays as it is. */
export function jsonSchemaOf(schema: Json): Json {
  const fields = Object.entries(schema)
    .filter(([name]) => !LEFT_OUT.has(name))
    .map(([given, value]): [string, unknown] => {
      const name = Object.hasOwn(NAMES, given) ? NAMES[given]! : given
      return [name, valueOf(name, value)]
    })
  return withNull(Object.fromEntries(fields), schema['nullable'] === true)
}

function valueOf(name: string, value: unknown): unknown {
  if (name === 'type') return typeOf(value)
  if (name === 'properties' || name === '$defs') return mapped(value)
  if (BOUNDS.test(name) && typeof value === 'string') return Number(value)
  if (name === 'anyOf' || name === 'prefixItems') return asArray(value).map(inner)
  return name === 'items' || name === 'additionalProperties' ? inner(value) : value
}

function typeOf(type: unknown): unknown {
  if (Array.isArray(type)) return type.map(typeOf)
  return typeof type === 'string' ? type.toLowerCase() : type
}

function mapped(schemas: unknown): unknown {
  if (!isObject(schemas)) return schemas
  return Object.fromEntries(Object.entries(schemas).map(([name, value]) => [name, inner(value)]))
}

function inner(value: unknown): unknown {
  return isObject(value) ? jsonSchemaOf(value) : value
}

function withNull(schema: Json, isNullable: boolean): Json {
  const type = asString(schema['type'])
  if (!isNullable || type === '') return schema
  const { enum: values } = schema
  return {
    ...schema,
    type: [type, 'null'],
    ...(Array.isArray(values) && { enum: [...asArray(values), null] }),
  }
}
