import { asArray, asObject, asString, isObject } from '../json-shape.ts'

/** What goes into the blanks of a schema. */
export interface SchemaFilling {
  /** The text of a string, given the key it stands under. */
  textFor(key: string): string
}

/** Deeper than any real schema; one that refers to itself ends here. */
const MAX_DEPTH = 12

/**
 * A value that a JSON Schema allows, as far as the demo model understands it: constants, enumerations, types, bounds,
 * required fields, the first of several choices, and references within the schema.
 */
export function fillSchema(
  schema: Readonly<Record<string, unknown>>,
  filling: SchemaFilling,
): unknown {
  return new SchemaFiller(schema, filling).fill(schema, 'answer', 0)
}

class SchemaFiller {
  readonly #root: Readonly<Record<string, unknown>>
  readonly #filling: SchemaFilling

  constructor(root: Readonly<Record<string, unknown>>, filling: SchemaFilling) {
    this.#root = root
    this.#filling = filling
  }

  fill(given: unknown, key: string, depth: number): unknown {
    const schema = this.#resolve(asObject(given))
    if ('const' in schema) return schema['const']
    const [option] = asArray(schema['enum'])
    if (option !== undefined) return option
    const [choice] = [...asArray(schema['anyOf']), ...asArray(schema['oneOf'])]
    if (choice !== undefined) return this.fill(choice, key, depth + 1)
    return this.#ofType(schema, key, depth)
  }

  #ofType(schema: Readonly<Record<string, unknown>>, key: string, depth: number): unknown {
    const { type: given } = schema
    const type = Array.isArray(given) ? (given as unknown[])[0] : given
    switch (type ?? (isObject(schema['properties']) ? 'object' : 'string')) {
      case 'object':
        return depth < MAX_DEPTH ? this.#object(schema, depth) : {}
      case 'array':
        return this.#list(schema, key, depth)
      case 'number':
      case 'integer':
        return numberIn(schema)
      case 'boolean':
        return true
      case 'null':
        return null
      default:
        return fitted(this.#filling.textFor(key), schema)
    }
  }

  /** What is required, or all that is named where nothing is. */
  #object(schema: Readonly<Record<string, unknown>>, depth: number): object {
    const properties = asObject(schema['properties'])
    const required = asArray(schema['required']).map(asString)
    const keys = required.length > 0 ? required : Object.keys(properties)
    // fromEntries defines its keys, so that a key `__proto__` is one like any other.
    return Object.fromEntries(keys.map((key) => [key, this.fill(properties[key], key, depth + 1)]))
  }

  #list(schema: Readonly<Record<string, unknown>>, key: string, depth: number): unknown[] {
    if (depth >= MAX_DEPTH) return []
    const { minItems, items } = schema
    const length = typeof minItems === 'number' ? Math.min(minItems, 10) : 1
    return Array.from({ length }, () => this.fill(items, key, depth + 1))
  }

  /** References to other places of the same schema, as `#/$defs/city`. */
  #resolve(schema: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const { $ref: reference } = schema
    if (typeof reference !== 'string' || !reference.startsWith('#/')) return schema
    let found: unknown = this.#root
    for (const part of reference.slice(2).split('/')) {
      found = asObject(found)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
    }
    return asObject(found)
  }
}

function numberIn({ minimum, exclusiveMinimum, maximum }: Readonly<Record<string, unknown>>) {
  if (typeof minimum === 'number') return minimum
  if (typeof exclusiveMinimum === 'number') return exclusiveMinimum + 1
  return typeof maximum === 'number' ? Math.min(1, maximum) : 1
}

/** A text within the bounds of its length. */
function fitted(text: string, { minLength, maxLength }: Readonly<Record<string, unknown>>): string {
  const long = typeof minLength === 'number' ? text.padEnd(Math.min(minLength, 1000), '.') : text
  return typeof maxLength === 'number' ? long.slice(0, maxLength) : long
}
