import { mapSchema, type Schema } from './map-schema.ts'

/** The schema with what its API has no words for said to the model, in its description. */
export function describedBy(schema: Schema, hints: Readonly<Record<string, unknown>>): Schema {
  const told = Object.entries(hints).filter(([, value]) => value !== undefined)
  if (told.length === 0) return schema
  const sentence = told.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')
  const { description } = schema
  const before = typeof description === 'string' && description !== '' ? `${description}\n\n` : ''
  return { ...schema, description: `${before}{${sentence}}` }
}

/** The same at every depth, for the keywords that the API does not know, or not with that value. */
export function withinKeywords(
  schema: Schema,
  isKnown: (keyword: string, value: unknown) => boolean,
): Schema {
  return mapSchema(schema, (each) => {
    const entries = Object.entries(each).filter(([, value]) => value !== undefined)
    const known = entries.filter(([keyword, value]) => isKnown(keyword, value))
    if (known.length === entries.length) return each
    const unknown = entries.filter(([keyword, value]) => !isKnown(keyword, value))
    return describedBy(Object.fromEntries(known), Object.fromEntries(unknown))
  })
}
