import type { TSchema } from '@sinclair/typebox'

/** The schema with every object closed that does not say otherwise: a field too many is then a mistake. */
export function closed(schema: TSchema): TSchema {
  const copy = { ...schema } as TSchema & Record<string, unknown>
  if (schema.type === 'object') {
    const properties = Object.entries((schema.properties ?? {}) as Record<string, TSchema>)
    copy.properties = Object.fromEntries(properties.map(([name, value]) => [name, closed(value)]))
    copy.additionalProperties = schema.additionalProperties ?? false
  }
  if (schema.items) copy.items = closed(schema.items as TSchema)
  if (schema.anyOf) copy.anyOf = (schema.anyOf as TSchema[]).map(closed)
  return copy
}
