import type { Notes } from '../../form/notes.ts'
import type { AnswerFormat, ToolSpec } from '../../form/request.ts'
import { asArray, asObject } from '../json-shape.ts'
import type { ModelCall } from '../provider.ts'
import { argumentsSchema } from '../schema/arguments-schema.ts'
import { withinKeywords } from '../schema/described.ts'
import { mapSchema, type Schema, someSchema } from '../schema/map-schema.ts'

/* What Anthropic's API promises to keep to, it takes in fewer words than JSON Schema has. */

/** Claudes that promise schemas. */
const PROMISING = /\bclaude-(?:opus|sonnet|haiku)-(?:4-[5-9]|4-\d{2}(?!\d)|[5-9]|\d{2}(?!\d))/

function promises({ supportsSchemas, upstreamId }: ModelCall['model']): boolean {
  return supportsSchemas ?? PROMISING.test(upstreamId)
}

/** Whether the answer can be promised; other forms are asked for by a tool. */
export function takesSchema(format: AnswerFormat, { model }: ModelCall): boolean {
  if (format.type !== 'json_schema' || !promises(model)) return false
  return isPromisable(argumentsSchema(format.schema))
}

/** Only what ends by itself, and names all that may stand in an object. */
function isPromisable(schema: Schema): boolean {
  return !refersToItself(schema) && !someSchema(schema, isOpen)
}

function isOpen(schema: Schema): boolean {
  if (schema['type'] !== 'object' && schema['properties'] === undefined) return false
  const isNamed = Object.keys(asObject(schema['properties'])).length > 0
  return (
    !isNamed || (schema['additionalProperties'] ?? false) !== false || 'patternProperties' in schema
  )
}

function refersToItself(schema: Schema): boolean {
  const definitions = asObject(schema['$defs'])
  const refersTo = (within: unknown) =>
    Object.keys(definitions).filter((name) =>
      someSchema(asObject(within), ({ $ref }) => $ref === `#/$defs/${name}`),
    )
  const leadsTo = (name: string, seen: readonly string[]): boolean =>
    seen.includes(name) ||
    refersTo(definitions[name]).some((next) => leadsTo(next, [...seen, name]))
  return (
    someSchema(schema, ({ $ref }) => $ref === '#') ||
    Object.keys(definitions).some((name) => leadsTo(name, []))
  )
}

/** The keywords in which a promise is made; bounds are told to the model in words. */
const PROMISED = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  'allOf',
  '$ref',
  '$defs',
  'title',
  'description',
  'default',
])
const FORMATS = new Set<unknown>([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
])

/** A schema that the model keeps to. */
export function promisedSchema(given: Schema): Schema {
  const closed = mapSchema(argumentsSchema(given), (schema) =>
    schema['type'] === 'object' || schema['properties'] !== undefined
      ? { ...schema, additionalProperties: false }
      : schema,
  )
  return withinKeywords(closed, (keyword, value) => {
    if (keyword === 'format') return FORMATS.has(value)
    if (keyword === 'minItems') return value === 0 || value === 1
    return PROMISED.has(keyword)
  })
}

/** The arguments of a tool, and whether the model keeps to them. A promise that cannot be made is left out. */
export function toolSchema(
  { parameters, strict, strictAt }: ToolSpec,
  model: ModelCall['model'],
  notes: Notes,
): { input_schema: Schema; strict?: boolean } {
  const input_schema = argumentsSchema(parameters)
  if (strict !== true) return { input_schema, ...(strict === false && { strict }) }
  if (promises(model) && isPromisableTool(input_schema)) {
    return { input_schema: promisedSchema(input_schema), strict }
  }
  notes.leaveOut(strictAt)
  return { input_schema }
}

/** A tool may be without arguments. */
function isPromisableTool(schema: Schema): boolean {
  const isEmpty = asArray(Object.keys(asObject(schema['properties']))).length === 0
  return isEmpty ? schema['additionalProperties'] === false : isPromisable(schema)
}
