import { withinKeywords } from '../schema/described.ts'
import { mapSchema, type Schema } from '../schema/map-schema.ts'

/** What Gemini's API knows of JSON Schema. Source: its description of `responseJsonSchema`. */
const KNOWN = new Set([
  '$defs',
  '$ref',
  'type',
  'format',
  'title',
  'description',
  'enum',
  'items',
  'prefixItems',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'anyOf',
  'oneOf',
  'properties',
  'additionalProperties',
  'required',
])
const FORMATS = new Set<unknown>(['date-time', 'date', 'time'])

/** The schema in words that the API knows; the others are told to the model. */
export function geminiSchema(schema: Schema): Schema {
  return withinKeywords(mapSchema(schema, inItsWords), (keyword, value) => {
    if (keyword === 'format') return FORMATS.has(value)
    if (keyword === 'enum') return Array.isArray(value) && value.every(isNamed)
    return KNOWN.has(keyword)
  })
}

function inItsWords(schema: Schema): Schema {
  const { $ref, const: only, ...rest } = schema
  // Nothing may stand beside a reference.
  if ($ref !== undefined) return { $ref }
  return isNamed(only) ? { ...rest, enum: [only] } : schema
}

/** An enumeration has texts and numbers in it. */
function isNamed(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}
